package wsp.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be said of the Dockerfiles without building them. */
class DockerfileIT {
  private static final Path ROOT = Path.of("..");

  /** Arguments of all instructions of one kind; lines that go on are one. */
  private static List<String> all(String name, String instruction) throws IOException {
    String text = Files.readString(ROOT.resolve("config/wsp-" + name + ".Dockerfile"));
    return text.replaceAll("\\\\\\n\\s*", "")
        .lines()
        .filter(l -> l.startsWith(instruction + " "))
        .map(l -> l.substring(instruction.length() + 1))
        .toList();
  }

  private static String one(String name, String instruction) throws IOException {
    List<String> found = all(name, instruction);
    assertEquals(1, found.size(), instruction);
    return found.get(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"server", "client"})
  void theJarThatIsBuiltIsTheOneThatIsStarted(String name) throws Exception {
    String[] copy = one(name, "COPY").split(" ");
    assertEquals(3, copy.length, "mode, jar, place");
    assertTrue(Files.isRegularFile(ROOT.resolve(copy[1])), copy[1]);
    assertEquals("[\"java\", \"-jar\", \"" + copy[2] + "\"]", one(name, "ENTRYPOINT"));
    assertEquals("[\"-config\", \"/etc/wsp/wsp_" + name + ".cfg\"]", one(name, "CMD"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"server", "client"})
  void itRunsAsANumberedUserThatIsNotRoot(String name) throws Exception {
    assertTrue(one(name, "USER").matches("[1-9]\\d*:[1-9]\\d*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"server", "client"})
  void theBaseIsNamedByItsTag(String name) throws Exception {
    assertTrue(one(name, "FROM").matches("[\\w./-]+:25-jre(-\\w+)?"));
    assertEquals("SIGTERM", one(name, "STOPSIGNAL"));
  }

  @Test
  void thePortIsTheOneOfTheShippedConfiguration() throws Exception {
    String config = Files.readString(ROOT.resolve("config/wsp_server.cfg"));
    String port = one("server", "EXPOSE");
    assertTrue(config.contains("\nport : " + port + "\n"), port);
    assertTrue(one("server", "ENV").endsWith(":" + port + "/status"));
    assertTrue(one("server", "HEALTHCHECK").contains("$WSP_STATUS"));
    assertFalse(one("server", "HEALTHCHECK").contains("curl"), "the base has none");
    assertEquals(List.of(), all("client", "EXPOSE"));
  }
}
