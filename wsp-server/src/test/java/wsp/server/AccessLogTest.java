package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.server.RawCaller.Answer;
import wsp.testing.Await;

/** The line that each kind of end leaves. */
class AccessLogTest {
  private static final String DENIED = "blacklist: [url: /denied]";

  @TempDir static Path directory;

  private Path file;
  @AutoClose private RunningServer server;

  @BeforeEach
  void start() throws Exception {
    file = Files.createTempFile(directory, "access", ".log");
    server = new RunningServer(log("json"), DENIED);
  }

  private String log(String format) {
    return "accesslog: {format: " + format + ", file: '" + file + "'}";
  }

  /** The only line there is, once it is there. */
  private String line() throws Exception {
    Await.until("there is a line", () -> Files.size(file) > 0);
    List<String> lines = Files.readAllLines(file);
    assertEquals(1, lines.size(), lines.toString());
    return lines.get(0);
  }

  private static void has(String line, String... members) {
    for (String member : members) assertTrue(line.contains("," + member), member + " in " + line);
  }

  @Test
  void anExchangeThatIsWholeIsALineWithAllThatIsKnown() throws Exception {
    server.echo();
    Answer a =
        server
            .caller()
            .request(
                "POST",
                "/x?secret=1",
                "Content-Length: 3",
                "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
            .send("abc")
            .answer();
    assertEquals(200, a.status());
    String line = line();
    has(
        line,
        "\"daemon\":\"wsp-server\"",
        "\"id\":\"" + a.field("X-Request-Id") + "\"",
        "\"traceparent\":\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\"",
        "\"from\":\"127.0.0.1:",
        "\"method\":\"POST\",\"url\":\"http://origin.test/x\"",
        "\"status\":200,\"outcome\":\"complete\",\"client\":\"client\"",
        "\"bytes_in\":3,\"bytes_out\":" + a.body().length);
    assertTrue(Pattern.compile("\"total_ms\":\\d+\\.\\d{3}}$").matcher(line).find(), line);
    assertFalse(line.contains("secret"), line);
  }

  @Test
  void aDenialNamesItsRuleToWhoeverRunsTheServerOnly() throws Exception {
    server.echo();
    Answer a = server.caller().get("/denied");
    has(
        line(),
        "\"status\":526,\"outcome\":\"error\",\"failure\":\"FORBIDDEN\"",
        "\"rule\":\"blacklist[0] url /denied\"");
    assertFalse(a.text().contains("blacklist["), a.text());
    assertFalse(String.valueOf(a.fields()).contains("blacklist["), a.fields().toString());
  }

  @Test
  void whatTheWhitelistLacksHasNoRule() throws Exception {
    server.close();
    server = new RunningServer(log("json"), "whitelist: [url: /fine]", "errorcodes: standard");
    assertEquals(403, server.caller().get("/other").status());
    has(line(), "\"status\":403", "\"rule\":\"whitelist: no rule matches\"");
  }

  @Test
  void anExchangeThatFailedSaysHow() throws Exception {
    server.caller().get("/");
    has(line(), "\"status\":526,\"outcome\":\"error\",\"failure\":\"NO_CLIENT\"");
  }

  @Test
  void aRequestThatIsTurnedAwayAtTheDoorIsALineWithWhatItAskedFor() throws Exception {
    server.close();
    server = new RunningServer(log("json"), "callers: [{name: red, key: RedKey}]");
    RawCaller stranger = server.caller();
    stranger.send("GET /request?secret=1 HTTP/1.1\r\nHost: h\r\n\r\n");
    assertEquals(407, stranger.answer().status());
    has(line(), "\"url\":\"/request\",\"status\":407", "\"failure\":\"UNAUTHORIZED\"");
  }

  @Test
  void aDestinationThatCannotBeReadIsALineThatSaysWhy() throws Exception {
    Answer a =
        server
            .caller()
            .send("GET /request HTTP/1.1\r\nHost: h\r\nX-PROXY-DESTINATION: http://u:p@o/\r\n\r\n")
            .answer();
    assertEquals(
        "Unable to parse X-PROXY-DESTINATION header: userinfo is not allowed", a.firstLine());
    has(line(), "\"failure\":\"INVALID_DESTINATION\",\"detail\":\"userinfo is not allowed\"");
  }

  @Test
  void aUrlWithTooManyReadingsForTheRulesIsNoValidDestination() throws Exception {
    server.echo();
    RawCaller caller = server.caller();
    String unclear = "/a;b%3bc/%2e%2e;/%252e%252e//..%2f%5c%00%3f%23//x/..//%2573;%2f";
    String why = "the path and query can be read in too many ways: send it with fewer escapes";
    assertEquals(
        "Unable to parse X-PROXY-DESTINATION header: " + why,
        caller.get(unclear.repeat(800)).firstLine());
    has(line(), "\"failure\":\"INVALID_DESTINATION\",\"detail\":\"" + why + "\"");
    assertEquals("GET / ", caller.get("/").text());
  }

  @Test
  void whatFailedIsFoundInTheOtherLinesToo() throws Exception {
    Logger log = (Logger) LoggerFactory.getLogger("wsp.exchange");
    ListAppender<ILoggingEvent> said = new ListAppender<>();
    said.start();
    log.addAppender(said);
    log.setAdditive(false);
    log.setLevel(Level.WARN);
    try {
      RawCaller c = server.caller();
      c.request("GET", "/", "X-Request-Id: nobody").answer();
      c.request("GET", "/denied", "X-Request-Id: denied").answer();
    } finally {
      log.setLevel(null);
      log.setAdditive(true);
      log.detachAppender(said);
    }
    List<String> lines;
    // Servers of other tests may be at it still.
    synchronized (said) {
      lines = said.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
    for (String id : List.of("nobody", "denied"))
      assertEquals(
          1, lines.stream().filter(l -> l.endsWith(", request id " + id)).count(), lines::toString);
  }

  @Test
  void anAnswerThatWasCutKeepsItsStatus() throws Exception {
    RawPeer peer = server.peer();
    RawCaller c = server.caller().request("GET", "/");
    peer.request();
    peer.envelope(200, 10).frame(false, 2, new byte[5]);
    assertEquals(200, c.head().status());
    peer.reset();
    has(line(), "\"status\":200,\"outcome\":\"cut\",\"failure\":\"CONNECTION_LOST\"");
  }

  @Test
  void aCallerThatLeftIsA499() throws Exception {
    RawPeer peer = server.peer();
    RawCaller c = server.caller().request("GET", "/");
    peer.request();
    c.close();
    has(line(), "\"status\":499,\"outcome\":\"left\",\"failure\":\"CALLER_LEFT\"");
  }

  /** What the connection itself says to its caller, before there is a request and in its middle. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET / HTTP/1.1~Host: h~A b~~ | 400 | - | a field line has no colon",
        "GET / HTTP/2.0~Host: h~~ | 505 | - | the version is neither HTTP/1.1 nor HTTP/1.0",
        "GET / HTTP/1.1~Host: h~Expect: x~~ | 417 | - | the only expectation",
        "POST / HTTP/1.1~Host: h~Transfer-Encoding: gzip, chunked~~ | 501 | - | only the transfer",
        "POST /request HTTP/1.1~Host: h~X-PROXY-DESTINATION: http://origin.test/~"
            + "Transfer-Encoding: chunked~~2~ab~zz~ | 400 | POST | a chunk size is not hexadecimal"
      })
  void whatItsConnectionRefusesIsNotedAsThat(String sent, int status, String method, String why)
      throws Exception {
    server.peer();
    RawCaller c = server.caller().send(sent.replace("~", "\r\n"));
    assertEquals(status, c.answer().status());
    String line = line();
    has(line, "\"method\":\"" + method + "\"");
    has(line, "\"status\":" + status + ",\"outcome\":\"error\",\"failure\":\"UNREADABLE\"");
    has(line, "\"detail\":\"" + why);
  }

  @ParameterizedTest
  @CsvSource({"HTTP/1.1", "HTTP/1.0"})
  void aLineOfTheOtherFormatHasVersionRefererAndUserAgent(String version) throws Exception {
    server.close();
    server = new RunningServer(log("combined"));
    server.echo();
    String to = " /request %s\r\nHost: h\r\nX-PROXY-DESTINATION: http://origin.test/\r\n";
    String fields = "Referer: http://r/?q\r\nUser-Agent: a\"b\r\n\r\n";
    server.caller().send("GET" + to.formatted(version) + fields).answer();
    String line = line();
    String shown = "\"GET http://origin.test/ " + version + "\" 200 6 \"http://r/\" \"a\\\"b\" id=";
    assertTrue(line.startsWith("127.0.0.1 - - [") && line.contains("] " + shown), line);
  }

  @Test
  void aFileThatIsFullIsPutAside() throws Exception {
    server.close();
    server = new RunningServer("accesslog: {file: '" + file + "', maxsize: 64k, keep: 2}");
    server.echo();
    RawCaller c = server.caller();
    String id = "X-Request-Id: " + "i".repeat(128);
    for (int i = 0; i < 400; i++) c.request("GET", "/" + "p".repeat(400), id).answer();
    Path full = directory.resolve(file.getFileName() + ".1");
    Await.until("it is put aside", () -> Files.exists(full));
    assertTrue(Files.size(full) <= 64 << 10 && Files.size(full) > 60 << 10, "it was full");
  }

  @Test
  void withoutAFileThatCanBeWrittenThereIsNoServer() throws Exception {
    String yaml = "port: 0\naccesslog: {file: '" + directory + "'}";
    ServerConfig config = ServerConfig.of(ConfigFile.parse("test.cfg", yaml));
    ConfigException e = assertThrows(ConfigException.class, () -> new WspServer(config).close());
    assertTrue(String.valueOf(e.getMessage()).startsWith("accesslog: file: "), e.getMessage());
  }

  @Test
  void changedErrorCodesCountFromTheNextRequestOn() throws Exception {
    RawCaller c = server.caller();
    assertEquals(526, c.get("/").status());
    server.reload(log("json"), "errorcodes: standard");
    assertEquals(503, c.get("/").status());
  }

  @Test
  void aHeadIsToldOfAnErrorWithoutABody() throws Exception {
    RawCaller c = server.caller();
    Answer a = c.request("HEAD", "/").answer("HEAD");
    assertEquals(526, a.status());
    assertEquals(0, a.body().length);
    assertTrue(Integer.parseInt(a.field("Content-Length")) > 50);
    assertEquals("ok", c.send("GET /status HTTP/1.1\r\nHost: h\r\n\r\n").answer().text());
  }
}
