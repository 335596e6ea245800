package wsp.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.config.ConfigException;
import wsp.log.LineSink;
import wsp.observe.ObserveSettings.AccessFormat;

class AccessLogTest {
  private enum Row {
    REFUSED
  }

  /** What somebody might send to break out of its place, or to break who reads it. */
  private static final String HOSTILE =
      "a\"b\\c\r\nd\te\0f\u001b[31mg\u0085\u2028\u202eh\ud83di\u00e9\ud83d\ude00 {k} [l] 'm'";

  @TempDir Path directory;

  private static String line(AccessLine format, ExchangeRecord exchange) {
    StringBuilder line = new StringBuilder();
    format.append(line, exchange);
    assertTrue(line.chars().allMatch(c -> c >= ' ' && c != 0x7f && c != 0x85), line.toString());
    return line.toString();
  }

  private static ExchangeRecord hostile(String text) {
    ExchangeRecord e = new ExchangeRecord("id", text, text, text);
    e.destination("http://a.test/" + text);
    e.caller(text);
    e.peer(text);
    e.rule(text);
    e.visitor(new Visitor(text, text, "", true));
    outcomes(new ArrayList<>()).failed(e, Row.REFUSED, text, 527);
    return e;
  }

  private static Outcomes<Row> outcomes(List<ExchangeRecord> ended) {
    return new Outcomes<>(new Failures<>(Row.class), ended::add);
  }

  private static ExchangeRecord whole() {
    ExchangeRecord e = new ExchangeRecord("4f-1", "00-ab-cd-01", "GET", "192.0.2.1:5000");
    e.destination("http://a.test/x");
    e.caller("billing");
    e.peer("client-1");
    e.connected();
    e.head(200);
    e.requestBytes(3);
    e.responseBytes(12);
    e.visitor(new Visitor("http://b.test/page?secret=1", "curl/8 \"x\"", "", true));
    outcomes(new ArrayList<>()).completed(e);
    return e;
  }

  @Test
  void anObjectHasStableNames() throws Exception {
    JsonNode o =
        new ObjectMapper().readTree(line(new JsonAccessLine("wsp-server", "client"), whole()));
    List<String> names = new ArrayList<>();
    o.fieldNames().forEachRemaining(names::add);
    assertEquals(
        List.of(
            "time",
            "daemon",
            "id",
            "traceparent",
            "from",
            "caller",
            "method",
            "url",
            "status",
            "outcome",
            "client",
            "bytes_in",
            "bytes_out",
            "wait_ms",
            "head_ms",
            "total_ms"),
        names);
    assertEquals(200, o.get("status").intValue());
    assertEquals("complete", o.get("outcome").textValue());
    assertEquals(12, o.get("bytes_out").intValue());
    assertTrue(o.get("total_ms").doubleValue() >= o.get("head_ms").doubleValue());
    assertTrue(o.get("head_ms").doubleValue() >= o.get("wait_ms").doubleValue());
  }

  @Test
  void whateverComesFromOutsideAnObjectStaysOne() throws Exception {
    String line = line(new JsonAccessLine("wsp-client", "target"), hostile(HOSTILE));
    JsonNode o = new ObjectMapper().readTree(line);
    assertEquals(
        "a\"b\\c\\r\\nd\\te\\u0000f\\u001b[31mg\\u0085\\u2028\\u202eh\\ud83di\u00e9\ud83d\ude00"
            + " {k} [l] 'm'",
        o.get("detail").textValue());
    assertEquals("REFUSED", o.get("failure").textValue());
    assertEquals("error", o.get("outcome").textValue());
    assertEquals(527, o.get("status").intValue());
    for (String name : List.of("traceparent", "from", "caller", "rule", "target"))
      assertEquals(o.get("detail"), o.get(name), name);
  }

  @Test
  void aLineIsAsApacheWritesItWithOursAtItsEnd() {
    String line = line(new CombinedAccessLine("client"), whole());
    assertTrue(
        line.matches(
            "192\\.0\\.2\\.1 - billing \\[\\d\\d/\\w{3}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4}]"
                + " \"GET http://a\\.test/x HTTP/1\\.1\" 200 12 \"http://b\\.test/page\""
                + " \"curl/8 \\\\\"x\\\\\"\" id=\"4f-1\" traceparent=\"00-ab-cd-01\""
                + " client=\"client-1\" outcome=\"complete\" failure=\"-\" detail=\"-\" rule=\"-\""
                + " bytes_in=3 wait_ms=\\d+\\.\\d{3} head_ms=\\d+\\.\\d{3} total_ms=\\d+\\.\\d{3}"),
        line);
  }

  @Test
  void aLineWithoutACallerBeginsWithTheAddressThatItCameOver() {
    ExchangeRecord e = new ExchangeRecord("4f-1", "", "GET", "");
    assertTrue(line(new CombinedAccessLine("target"), e).startsWith("- - - ["));
    e.visitor(new Visitor("", "", "[2001:db8::1]:8080", true));
    assertTrue(line(new CombinedAccessLine("target"), e).startsWith("2001:db8::1 - - ["));
  }

  /** As a reader does that knows quotes and backslashes, and nothing else. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\') word.append(c).append(line.charAt(++i));
      else if (c == '"') quoted = !quoted;
      else if (c == ' ' && !quoted) {
        words.add(word.toString());
        word.setLength(0);
      } else word.append(c);
    }
    assertFalse(quoted, line);
    words.add(word.toString());
    return words;
  }

  @ParameterizedTest
  @CsvSource({
    "a\udce4z, a\\xe4z",
    "a\u001bz, a\\x1bz",
    "a\u0085z, a\\xc2\\x85z",
    "a\u202ez, a\\xe2\\x80\\xaez",
    "a\u20acz, a\\xe2\\x82\\xacz"
  })
  void whatIsNotPrintableIsShownAsApacheShowsIt(String sent, String shown) {
    String line = line(new CombinedAccessLine("client"), hostile(sent));
    assertTrue(line.contains(" \"" + shown + "\" id="), line);
  }

  @ParameterizedTest
  @ValueSource(strings = {HOSTILE, "\\", "\"", "\\\"", " ", "{}", "x\" 200 1 \"", "é"})
  void nothingBreaksOutOfItsPlaceInALine(String text) {
    CombinedAccessLine format = new CombinedAccessLine("client");
    String line = line(format, hostile(text));
    assertTrue(line.chars().allMatch(c -> c < 0x7f), line);
    assertFalse(line.startsWith("{"), "it might be taken for an object");
    List<String> words = words(line);
    assertEquals(21, words.size(), line);
    assertEquals("527", words.get(6));
    assertTrue(words.get(20).startsWith("total_ms="), line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "combined"})
  void whatIsLongIsCutAndSecretsOfUrlsAreTakenOut(String name) {
    AccessLine format =
        name.equals("json")
            ? new JsonAccessLine("wsp-server", "client")
            : new CombinedAccessLine("client");
    String line = line(format, hostile("http://al:hush@b/?token=hush" + "\u0001".repeat(5000)));
    assertFalse(line.contains("hush"));
    assertTrue(line.length() < 30_000, line.length() + " characters");
  }

  @Test
  void theOutcomeIsOneWord() {
    List<ExchangeRecord> ended = new ArrayList<>();
    Outcomes<Row> outcomes = outcomes(ended);
    for (int i = 0; i < 3; i++) ended.add(new ExchangeRecord("id", "", "GET", ""));
    List<ExchangeRecord> three = List.copyOf(ended);
    three.get(0).head(200);
    outcomes.failed(three.get(0), Row.REFUSED, "", 0);
    outcomes.cancelled(three.get(1));
    outcomes.failed(three.get(2), Row.REFUSED, "", 526);
    assertEquals(List.of("cut", "left", "error"), three.stream().map(AccessLine::outcome).toList());
    assertEquals(List.of(200, 499, 526), three.stream().map(ExchangeRecord::status).toList());
  }

  @Test
  void aLineIsLeftAtTheEndAndOnlyThen() {
    List<String> lines = new ArrayList<>();
    AccessLog log =
        new AccessLog(
            new JsonAccessLine("wsp-server", "client"),
            new LineSink() {
              @Override
              public void line(String text) {
                lines.add(text);
              }

              @Override
              public void close() {
                lines.add("closed");
              }
            });
    ExchangeRecord e = new ExchangeRecord("id", "", "GET", "");
    log.begun(e);
    assertEquals(List.of(), lines);
    new Outcomes<>(new Failures<>(Row.class), log).completed(e);
    assertEquals(1, lines.size());
    log.close();
    assertEquals("closed", lines.get(1));
  }

  @Test
  void aFileThatCannotBeWrittenIsNamed() {
    var settings = new ObserveSettings.AccessLog(AccessFormat.JSON, directory, 1 << 20, 1);
    ConfigException e =
        assertThrows(ConfigException.class, () -> AccessLog.open(settings, "wsp-server", "client"));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith("accesslog: file: a file to write to is expected"), message);
    assertTrue(message.endsWith(", not " + directory + ": Is a directory"), message);
  }

  @Test
  void aFileGetsTheLines() throws Exception {
    Path file = directory.resolve("access.log");
    var settings = new ObserveSettings.AccessLog(AccessFormat.COMBINED, file, 1 << 20, 1);
    try (AccessLog log = AccessLog.open(settings, "wsp-server", "client")) {
      log.ended(whole());
    }
    assertEquals(1, Files.readAllLines(file).size());
  }
}
