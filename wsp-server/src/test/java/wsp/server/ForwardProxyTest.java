package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.envelope.RequestEnvelope;
import wsp.server.RawCaller.Answer;

/** Requests in absolute form, as programs send them to their proxy, over a socket. */
class ForwardProxyTest {
  private static final String KEYS =
      "callers: [{name: red, key: RedKey}, {name: blue, key: BlueKey, blacklist: [url: /no]}]";

  private static String get(String target, String... fields) {
    StringBuilder head = new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: other.test\r\n");
    for (String field : fields) head.append(field).append("\r\n");
    return head.append("\r\n").toString();
  }

  private static String basic(String pair) {
    byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
    return "Proxy-Authorization: Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "http://api.test/a?x=1&y=%2F, http://api.test/a?x=1&y=%2F",
    "HTTP://API.test:80/a, http://api.test/a",
    "http://api.test, http://api.test/",
    "http://api.test?q, http://api.test/?q",
    "http://api.test:8080//b/%2e, http://api.test:8080//b/%2e",
    "http://api.test/status, http://api.test/status",
    "http://api.test/register, http://api.test/register",
    "http://api.test/request, http://api.test/request",
    "http://[::1]:81/, http://[::1]:81/"
  })
  void aUrlOnTheRequestLineIsTheDestination(String target, String url) throws Exception {
    try (RunningServer server = new RunningServer("forwarded: true")) {
      RawPeer peer = server.peer();
      RawCaller c = server.caller().send(get(target, "Proxy-Connection: keep-alive", basic("x:y")));
      RequestEnvelope asked = peer.requestHead();
      peer.body();
      assertEquals(url, asked.url());
      String authority = url.replaceFirst("^http://([^/]*)/.*", "$1");
      assertEquals(authority, asked.headers().first("X-Forwarded-Host"));
      for (String gone : new String[] {"Host", "Proxy-Connection", "Proxy-Authorization"})
        assertFalse(asked.headers().has(gone), gone);
      peer.reply(200, "fine");
      assertEquals("fine", c.answer().text());
      assertEquals("ok", c.send(get("/status")).answer().text());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.test/, CONNECT",
    "http://user:word@api.test/, userinfo",
    "http://api.test/#part, fragment",
    "http://api.test/%zz, hexadecimal",
    "http://1.2.3/, IPv4",
    "http://api.test:0/, port",
    "http://api..test/, label"
  })
  void aUrlThatCannotBeRequestedIsRefusedWithAWordOnWhy(String target, String word)
      throws Exception {
    try (RunningServer server = new RunningServer()) {
      server.echo();
      Answer refused = server.caller().send(get(target)).answer();
      assertEquals(400, refused.status());
      assertTrue(refused.firstLine().startsWith("Unable to use the request target: "));
      assertTrue(refused.firstLine().contains(word), refused.text());
    }
  }

  @Test
  void withADestinationAUrlOfRequestIsRequestItself() throws Exception {
    try (RunningServer server = new RunningServer()) {
      server.echo();
      String field = "X-PROXY-DESTINATION: http://api.test/x";
      RawCaller c = server.caller();
      assertEquals("GET /x ", c.send(get("http://wsp.test/request", field)).answer().text());
      Answer other = c.send(get("http://wsp.test/status", field)).answer();
      assertEquals(404, other.status());
      assertTrue(other.text().contains("absolute form is /request"), other.text());
    }
  }

  @Test
  void rulesJudgeTheUrlAndTheFieldsThatNameIt() throws Exception {
    try (RunningServer server =
        new RunningServer(
            "blacklist:",
            " - url: ^http://api\\.test/no",
            " - headers: {X-PROXY-DESTINATION: field}",
            " - headers: {Host: ^hidden}")) {
      server.echo();
      RawCaller c = server.caller();
      assertEquals("GET /yes ", c.send(get("http://api.test/yes")).answer().text());
      assertEquals(526, c.send(get("http://api.test/%6eo")).answer().status());
      assertEquals(526, c.send(get("http://hidden.test/")).answer().status());
      String hop = "Connection: X-PROXY-DESTINATION";
      assertEquals(526, c.send(get("http://api.test/field", hop)).answer().status());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"RedKey:", "x:RedKey", ":RedKey", "red:RedKey", "RedKey:x"})
  void aKeyStandsInTheUrlOfTheProxy(String pair) throws Exception {
    try (RunningServer server = new RunningServer(KEYS)) {
      server.echo();
      RawCaller c = server.caller();
      Answer asked = c.send(get("http://api.test/x")).answer();
      assertEquals(407, asked.status());
      assertEquals("Basic realm=\"wsp\"", asked.field("Proxy-Authenticate"));
      // On the same connection, as curl and browsers come again.
      assertEquals("GET /x ", c.send(get("http://api.test/x", basic(pair))).answer().text());
      String bearer = "Proxy-Authorization: Bearer RedKey";
      assertEquals("GET /x ", c.send(get("http://api.test/x", bearer)).answer().text());
    }
  }

  @Test
  void aKeyHasItsRulesAtTheProxyToo() throws Exception {
    try (RunningServer server = new RunningServer(KEYS)) {
      server.echo();
      RawCaller c = server.caller();
      assertEquals(526, c.send(get("http://api.test/no", basic("BlueKey:"))).answer().status());
      assertEquals(200, c.send(get("http://api.test/no", basic("RedKey:"))).answer().status());
      assertEquals(407, c.send(get("http://api.test/no", basic("blue:RedKey"))).answer().status());
      String two = basic("RedKey:") + "\r\n" + basic("RedKey:");
      assertEquals(407, c.send(get("http://api.test/no", two)).answer().status());
    }
  }

  @Test
  void withoutAForwardProxyAUrlIsAsGoodAsItsPath() throws Exception {
    try (RunningServer server = new RunningServer("forwardproxy: false")) {
      server.echo();
      RawCaller c = server.caller();
      assertEquals("ok", c.send(get("http://wsp.test/status")).answer().text());
      Answer refused = c.send(get("http://api.test/x")).answer();
      assertEquals(403, refused.status());
      assertTrue(refused.text().contains("forwardproxy is false"), refused.text());
      assertNull(refused.field("Connection"));
    }
  }
}
