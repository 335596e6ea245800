package wsp.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client jar with either engine: requests are answered, and the other one is not loaded. */
@Timeout(60)
class EngineIT {
  private static final List<String> OF_HTTPCLIENT =
      List.of("wsp.client.httpclient.", "java.net.http.", "jdk.internal.net.http.");

  @ParameterizedTest
  @ValueSource(strings = {"own", "httpclient"})
  void anEngineIsLoadedIfItIsChosen(String engine, @TempDir Path directory) throws Exception {
    String log = directory.resolve("loaded").toString();
    try (Tunnel tunnel =
        Tunnel.open(directory, "", "engine : " + engine, "-Xlog:class+load:file=" + log + "%p")) {
      Path loaded = Path.of(log + tunnel.client.pid());
      boolean chosen = engine.equals("httpclient");
      for (String name : OF_HTTPCLIENT) assertEquals(chosen, isIn(loaded, name), name);
      assertEquals(!chosen, isIn(loaded, "wsp.client.replay."));
      assertEquals(chosen, tunnel.client.log().contains("docs/engines.md"), "a warning");
    }
  }

  private static boolean isIn(Path loaded, String name) throws IOException {
    try (var lines = Files.lines(loaded)) {
      return lines.anyMatch(line -> line.contains("] " + name));
    }
  }
}
