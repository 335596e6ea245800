package wsp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.address.PortException;
import wsp.config.ConfigException;

class DaemonCommandTest extends CommandStage {
  @AfterEach
  void notInterrupted() {
    Thread.interrupted();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-config|x.cfg", "--config|x.cfg", "-config=x.cfg", "--config=x.cfg"})
  void theFileInEverySpelling(String args) {
    assertEquals(7, run(args.split("\\|")));
    assertEquals(List.of(Path.of("x.cfg")), started);
    assertEquals("", errors());
  }

  @Test
  void withoutAFileItIsTheDefault() {
    assertEquals(7, run());
    assertEquals(List.of(Path.of("wsp_test.cfg")), started);
  }

  @Test
  void helpIsPrinted() {
    assertEquals(0, run("--help"));
    assertEquals(0, run("-h"));
    String help = out.toString(StandardCharsets.UTF_8);
    assertTrue(help.contains("Usage: wsp-test") && help.contains("Does something."), help);
    assertTrue(help.contains("--config") && help.contains("wsp_test.cfg"), help);
    assertEquals(List.of(), started);
  }

  @Test
  void helpIsForPeople() {
    assertEquals(0, run("--help"));
    for (String line : output().split("\n")) assertTrue(line.length() <= 80, line);
    for (String word :
        List.of("Usage:", "Examples:", "Exit codes:", "check", "explain", "completion", "README"))
      assertTrue(output().contains(word), output());
    assertFalse(output().contains("\u001b"), "nobody asked for colours");
  }

  @Test
  void whateverIsNamedLikeACommandMayBeTheFile() {
    assertEquals(7, run("-config", "check"));
    assertEquals(List.of(Path.of("check")), started);
  }

  @Test
  void aStartDoesNotAskForTheRest() {
    var names = new DaemonCommand.Names("wsp-test", "Does something.", "wsp_test.cfg");
    assertEquals(3, DaemonCommand.execute(names, config -> 3, () -> fail("asked")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "-version", "version"})
  void theVersionIsOneLineHoweverItIsAskedFor(String arg) {
    assertEquals(0, run(arg));
    String jvm = "Java " + System.getProperty("java.version") + " (";
    assertTrue(
        output().startsWith("wsp-test unknown, commit unknown, built unknown, " + jvm), output());
    assertEquals(1, output().lines().count());
    assertEquals(List.of(), started);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-help", "-h", "help"})
  void helpIsHelpHoweverItIsAskedFor(String arg) {
    assertEquals(0, run(arg));
    assertTrue(output().startsWith("Usage: wsp-test [-config FILE]"), output());
    assertTrue(output().contains("version"), output());
    assertEquals(List.of(), started);
  }

  @ParameterizedTest
  @ValueSource(strings = {"version|x", "help|nosuch", "help|help|check"})
  void aWordTooManyMakesNoSense(String args) {
    assertEquals(2, run(args.split("\\|")));
    assertEquals(1, errors().lines().count(), errors());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--nosuch",
        "extra",
        "-config",
        "-config|a|-config|b",
        "@file",
        "-x",
        "-config|a|b",
        "a\nb"
      })
  void argumentsThatMakeNoSenseAreOneLine(String args) {
    assertEquals(2, run(args.split("\\|")));
    assertEquals(1, errors().lines().count(), errors());
    assertTrue(errors().startsWith("wsp-test: ") && errors().contains("--help"), errors());
    assertEquals(List.of(), started);
  }

  @Test
  void argumentsAreNotReadFromFiles(@TempDir Path dir) throws Exception {
    Path file = Files.writeString(dir.resolve("arguments"), "--config x.cfg");
    assertEquals(2, run("@" + file));
    assertEquals(List.of(), started);
  }

  private static Stream<Arguments> failures() {
    PortException inUse =
        PortException.of("127.0.0.1", 80, "", new BindException("Address already in use"));
    PortException notHere =
        PortException.of("192.0.2.1", 80, "", new BindException("Cannot assign requested address"));
    return Stream.of(
        arguments(1, "f: port: a number", new ConfigException("f: port: a number")),
        arguments(4, "f: it hangs", ConfigException.passing("f: it hangs")),
        arguments(4, "k: f: it hangs", ConfigException.passing("f: it hangs").at("k")),
        arguments(1, "cannot listen on 127.0.0.1:80: Address already in use", inUse),
        arguments(4, null, notHere),
        arguments(4, "No space left on device", new IOException("No space left on device")),
        arguments(4, "IOException", new IOException()),
        arguments(4, "interrupted", new InterruptedException()),
        arguments(
            4,
            "internal error: java.lang.NoClassDefFoundError: wsp/Lost",
            new NoClassDefFoundError("wsp/Lost")),
        arguments(
            4,
            "internal error: java.lang.IllegalStateException: a\\nb",
            new IllegalStateException("a\nb")));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailureIsOneLineAndItsCodeSaysWhetherARestartMayMendIt(
      int code, @Nullable String line, Throwable failure) {
    assertEquals(code, execute(config -> DaemonCommandTest.<RuntimeException>thrown(failure)));
    assertEquals(1, errors().lines().count(), errors());
    assertTrue(errors().startsWith("wsp-test: " + (line == null ? "" : line)), errors());
    assertEquals(failure instanceof InterruptedException, Thread.currentThread().isInterrupted());
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> int thrown(Throwable e) throws E {
    throw (E) e;
  }
}
