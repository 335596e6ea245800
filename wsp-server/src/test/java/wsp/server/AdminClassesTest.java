package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process of its own loads. */
class AdminClassesTest {
  @TempDir Path dir;

  /** The lines of a start that has come so far that it listens, with the classes it has loaded. */
  private List<String> start(String yaml) throws Exception {
    Path file = dir.resolve("server.cfg");
    Files.writeString(file, "port: 0\n" + yaml);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:stdout",
                "-cp",
                System.getProperty("java.class.path"),
                "wsp.server.ServerMain",
                "-config",
                file.toString())
            .redirectErrorStream(true)
            .start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
        if (line.contains("Listening on ")) break;
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertTrue(lines.get(lines.size() - 1).contains("Listening on "), String.join("\n", lines));
    return lines;
  }

  private static List<String> ofThePort(List<String> lines) {
    return lines.stream()
        .filter(
            l ->
                l.contains(" io.prometheus.")
                    || l.contains(" wsp.metrics.")
                    || l.contains(" wsp.admin.LivePage")
                    || l.contains(" wsp.admin.RecentExchanges")
                    || l.contains(" wsp.server.FailureWords")
                    || l.contains(" com.sun.net.httpserver.")
                    || l.contains(" sun.net.httpserver."))
        .toList();
  }

  @Test
  void withoutTheKeyNothingOfThePortIsLoaded() throws Exception {
    assertEquals(List.of(), ofThePort(start("")));
  }

  @Test
  void withTheKeyItIsAndTheLogSaysWhereItListensAndWarnsOfTheNetwork() throws Exception {
    List<String> lines = start("admin: {host: 0.0.0.0, port: 0}\n");
    List<String> loaded = ofThePort(lines);
    assertTrue(loaded.stream().anyMatch(l -> l.contains(" io.prometheus.")), loaded.toString());
    assertTrue(loaded.stream().anyMatch(l -> l.contains(" sun.net.httpserver.")));
    String log = String.join("\n", lines);
    assertTrue(log.matches("(?s).*The admin port is at http://0\\.0\\.0\\.0:[1-9]\\d*/.*"), log);
    assertTrue(log.contains("the admin port is open to whoever reaches 0.0.0.0:"), log);
  }
}
