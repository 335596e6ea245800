package wsp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import wsp.explain.Explanation;
import wsp.explain.Inspection;
import wsp.explain.Question;
import wsp.explain.UnknownCallerException;

class DaemonCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<Path> started = new ArrayList<>();

  /** Knows one caller, denies what is called denied, and finds fault with a file called bad. */
  private final Inspection inspection =
      new Inspection() {
        @Override
        public Checked check(Path config) throws ConfigException {
          if (config.toString().equals("bad")) throw new ConfigException("bad: port: no");
          return new Checked(Map.of("Port", 1, "File", config.toString()), List.of("open to all"));
        }

        @Override
        public Explanation explain(Question question)
            throws ConfigException, UnknownCallerException {
          if (question.caller().equals("nobody")) throw new UnknownCallerException("who is nobody");
          check(question.config());
          Explanation explanation = new Explanation(question);
          explanation.row("fields", question.headers().all("A").toString());
          if (question.url().endsWith("denied")) explanation.deny("no");
          return explanation;
        }

        @Override
        public boolean knowsCallers() {
          return true;
        }
      };

  private int execute(DaemonCommand.Starter starter, String... args) {
    return DaemonCommand.execute(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        new DaemonCommand.Names("wsp-test", "Does something.", "wsp_test.cfg"),
        starter,
        () -> inspection,
        args);
  }

  private int run(String... args) {
    return execute(
        config -> {
          started.add(config);
          return 7;
        },
        args);
  }

  private String output() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }

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

  @ParameterizedTest
  @ValueSource(strings = {"check", "explain", "completion"})
  void eachCommandHasHelpOfItsOwn(String command) {
    assertEquals(0, run(command, "--help"));
    assertTrue(output().startsWith("Usage: wsp-test " + command), output());
    for (String line : output().split("\n")) assertTrue(line.length() <= 80, line);
    assertEquals(List.of(), started);
  }

  @Test
  void checkPrintsTheConfigurationAndWarnsBeside() {
    assertEquals(0, run("check", "-config", "x.cfg"));
    assertTrue(output().contains("\"File\": \"x.cfg\""), output());
    assertEquals("wsp-test: warning: open to all", errors().strip());
    assertEquals(List.of(), started);
  }

  @Test
  void aQuietCheckWarnsOnly() {
    assertEquals(0, run("check", "--config", "x.cfg", "--quiet"));
    assertEquals("", output());
    assertEquals("wsp-test: warning: open to all", errors().strip());
  }

  @ParameterizedTest
  @ValueSource(strings = {"check|-config|bad", "explain|-config|bad|http://a.test/"})
  void aBadConfigurationIsTheSameLineAsAtAStart(String args) {
    assertEquals(1, run(args.split("\\|")));
    assertEquals("", output());
    assertEquals("wsp-test: bad: port: no", errors().strip());
  }

  @Test
  void explainSaysSoInAlignedLines() {
    String[] args = {
      "explain", "-method", "PUT", "-header", "A: 1", "--header=a:2", "http://A.test"
    };
    assertEquals(0, run(args));
    String expected =
        """
        request      PUT http://A.test
        canonical    http://a.test/
        connects to  a.test port 80
        judged as    http://a.test/
        fields       [1, 2]
        verdict      allowed
        """;
    assertEquals(expected, output());
  }

  @Test
  void explainTellsWhatIsDeniedFromWhatIsNoDestination() {
    assertEquals(1, run("explain", "http://a.test/denied"));
    assertTrue(output().endsWith("verdict      denied: no\n"), output());
    out.reset();
    assertEquals(1, run("explain", "http://u:hush@a.test/"));
    assertTrue(output().contains("verdict  no valid destination: "), output());
    assertFalse(output().contains("hush"), output());
  }

  @Test
  void whatIsNotPrintableIsEscaped() {
    assertEquals(1, run("explain", "http://a.test/\u001b[31m"));
    assertTrue(output().contains("\\u001b[31m") && !output().contains("\u001b"), output());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "explain",
        "explain|a|b",
        "explain|a|-header|novalue",
        "explain|a|-header|b c: d",
        "explain|a|-method|G T",
        "explain|a|-caller|nobody",
        "explain|a|-host|b",
        "explain|a|-resolve",
        "explain|a|-nosuch",
        "check|extra",
        "check|-config",
        "completion|extra",
        "-config|x|check"
      })
  void commandsThatMakeNoSenseAreOneLine(String args) {
    assertEquals(2, run(args.split("\\|")));
    assertEquals("", output());
    assertEquals(1, errors().lines().count(), errors());
    assertTrue(errors().startsWith("wsp-test: ") && errors().contains("--help"), errors());
    assertEquals(List.of(), started);
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
  @ValueSource(strings = {"check", "explain", "completion"})
  void helpOfACommandIsItsOwn(String command) {
    assertEquals(0, run("help", command));
    assertTrue(output().startsWith("Usage: wsp-test " + command), output());
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
