package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wsp.testing.Start;

/** What a process of its own loads. */
class AdminClassesTest {
  @TempDir Path dir;

  private Start start(String yaml) throws Exception {
    Path file = Files.writeString(dir.resolve("server.cfg"), "port: 0\n" + yaml);
    return Start.of("wsp.server.ServerMain", file, "Listening on ");
  }

  @Test
  void withoutTheKeyNothingOfThePortIsLoaded() throws Exception {
    assertEquals(List.of(), start("").ofAdminPort());
  }

  @Test
  void withTheKeyItIsAndTheLogSaysWhereItListensAndWarnsOfTheNetwork() throws Exception {
    Start start = start("admin: {host: 0.0.0.0, port: 0}\n");
    assertEquals(List.of(), start.missingOfAdminPort());
    String log = start.text();
    assertTrue(log.matches("(?s).*The admin port is at http://0\\.0\\.0\\.0:[1-9]\\d*/.*"), log);
    assertTrue(log.contains("the admin port is open to whoever reaches 0.0.0.0:"), log);
  }
}
