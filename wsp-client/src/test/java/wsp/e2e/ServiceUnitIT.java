package wsp.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The systemd units fit the daemons and their defaults. */
class ServiceUnitIT {
  /** Of 10.0, in steps of systemd's own; lower is better. */
  private static final double EXPOSURE = 1.5;

  @TempDir Path directory;

  private static String unit(String name) throws IOException {
    return Files.readString(Path.of("..", "config", "wsp-" + name + ".service"));
  }

  private static long number(String text, String pattern) {
    Matcher m = Pattern.compile("(?m)^" + pattern).matcher(text);
    assertTrue(m.find(), pattern);
    return Long.parseLong(m.group(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"server", "client"})
  void itWaitsLongerThanRunningRequestsMayTake(String name) throws Exception {
    String config = Files.readString(Path.of("..", "config", "wsp_" + name + ".cfg"));
    long stop = number(unit(name), "TimeoutStopSec=(\\d+)s$");
    assertTrue(stop > number(config, "grace : (\\d+)s$"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"server", "client"})
  void thereAreDescriptorsForAllConnections(String name) throws Exception {
    String config = Files.readString(Path.of("..", "config", "wsp_" + name + ".cfg"));
    long connections =
        name.equals("server")
            ? number(config, "maxconnections : (\\d+)$") + number(config, "maxcallers : (\\d+)$")
            : 2 * number(config, "poolmaxsize : (\\d+)$");
    assertTrue(number(unit(name), "LimitNOFILE=(\\d+)$") > connections + 1000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"server", "client"})
  void systemdUnderstandsIt(String name) throws Exception {
    Path file = here(name);
    Program verdict = Program.run("systemd-analyze", "--man=no", "verify", file.toString());
    assertEquals(0, verdict.exitCode(), verdict.output());
    assertEquals("", verdict.output());
  }

  @ParameterizedTest
  @ValueSource(strings = {"server", "client"})
  void systemdFindsItLittleExposed(String name) throws Exception {
    Path file = here(name);
    Program verdict = Program.run("systemd-analyze", "security", "--offline=true", file.toString());
    assumeTrue(!verdict.output().contains("Unknown option"), "this systemd cannot judge a file");
    Matcher m = Pattern.compile("exposure level for \\S+ (\\d+\\.\\d)").matcher(verdict.output());
    assertTrue(m.find(), verdict.output());
    assertTrue(Double.parseDouble(m.group(1)) <= EXPOSURE, verdict.output());
  }

  /** With the java that is here, wherever that is. */
  private Path here(String name) throws IOException {
    assumeTrue(
        Program.find("systemd-analyze").isPresent(),
        "systemd-analyze is missing: the units were not checked");
    String text = unit(name).replace("/usr/bin/java", Daemon.java().toString());
    return Files.writeString(directory.resolve("wsp-" + name + ".service"), text);
  }
}
