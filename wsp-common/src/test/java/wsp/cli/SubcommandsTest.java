package wsp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code check} and {@code explain} print, and help about all commands. */
class SubcommandsTest extends CommandStage {
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

  @ParameterizedTest
  @ValueSource(strings = {"check", "explain", "completion"})
  void helpOfACommandIsItsOwn(String command) {
    assertEquals(0, run("help", command));
    assertTrue(output().startsWith("Usage: wsp-test " + command), output());
  }
}
