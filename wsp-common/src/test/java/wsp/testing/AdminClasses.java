package wsp.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a daemon in a process of its own loads of an admin port. */
public abstract class AdminClasses {
  private final String mainClass;
  private final String configuration;
  private final String until;

  @TempDir Path dir;

  /**
   * @param configuration as short as it can be
   * @param until a part of the line that says that it has started
   */
  protected AdminClasses(String mainClass, String configuration, String until) {
    this.mainClass = mainClass;
    this.configuration = configuration;
    this.until = until;
  }

  private Start start(String yaml) throws Exception {
    Path file = Files.writeString(dir.resolve("test.cfg"), configuration + yaml);
    return Start.of(mainClass, file, until);
  }

  @Test
  final void withoutTheKeyNothingOfThePortIsLoaded() throws Exception {
    assertEquals(List.of(), start("").ofAdminPort());
  }

  @Test
  final void withTheKeyItIsAndTheLogSaysWhereItListensAndWarnsOfTheNetwork() throws Exception {
    Start start = start("admin: {host: 0.0.0.0, port: 0}\n");
    assertEquals(List.of(), start.missingOfAdminPort());
    String log = start.text();
    assertTrue(log.matches("(?s).*The admin port is at http://0\\.0\\.0\\.0:[1-9]\\d*/.*"), log);
    assertTrue(log.contains("the admin port is open to whoever reaches 0.0.0.0:"), log);
  }
}
