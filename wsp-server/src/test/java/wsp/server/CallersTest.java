package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.envelope.Headers;
import wsp.server.RawCaller.Answer;

/** Who may call, over a socket. */
class CallersTest {
  private static final String RED = "X-PROXY-AUTHORIZATION: Bearer RedKey";
  private static final String BLUE = "Proxy-Authorization: Basic Ymx1ZTpCbHVlS2V5";

  @AutoClose
  private final RunningServer server =
      new RunningServer(
          "blacklist: [{url: /nobody}]",
          "callers:",
          " - {name: red, key: [RedKey, NextRedKey]}",
          " - {name: blue, key: BlueKey, whitelist: [{method: ^GET$}], blacklist: [{url: /no}]}");

  @Test
  void aCallerWithAKeyIsServedAndItsKeyGoesNoFurther() throws Exception {
    RawPeer peer = server.peer();
    RawCaller c = server.caller();
    for (String field : List.of(RED, BLUE, "Proxy-Authorization: Bearer NextRedKey")) {
      c.request("GET", "/", field, "Authorization: Bearer mine");
      Headers sent = peer.requestHead().headers();
      peer.body();
      assertFalse(sent.has("X-Proxy-Authorization"));
      assertFalse(sent.has("Proxy-Authorization"));
      assertEquals("Bearer mine", sent.first("Authorization"));
      peer.reply(200, "fine");
      assertEquals("fine", c.answer().text());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A: b",
        "X-PROXY-AUTHORIZATION: Bearer redkey",
        "Proxy-Authorization: Bearer",
        "Authorization: Bearer RedKey",
        RED + "\r\n" + RED,
        RED + "\r\n" + BLUE
      })
  void anybodyElseIsTold407BeforeAnythingIsJudged(String fields) throws Exception {
    server.peer();
    RawCaller c = server.caller();
    // Neither the missing destination nor the one that a rule denies shows.
    c.send("GET /request HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n\r\n");
    assertRefused(c.answer());
    assertRefused(c.request("GET", "/nobody", fields).answer());
    assertRefused(c.request("GET", "/", fields).answer());
    assertEquals("ok", c.send("GET /status HTTP/1.1\r\nHost: h\r\n\r\n").answer().text());
  }

  private static void assertRefused(Answer a) {
    assertEquals(407, a.status());
    assertEquals("Proxy authentication required", a.firstLine());
    assertEquals("Bearer realm=\"wsp\", Basic realm=\"wsp\"", a.field("Proxy-Authenticate"));
    assertEquals("wsp-server; error=http_request_denied", a.proxyError());
  }

  @Test
  void noBodyIsAskedOfAStranger() throws Exception {
    server.peer();
    RawCaller c = server.caller();
    c.request("POST", "/", "Content-Length: 5", "Expect: 100-continue");
    Answer first = c.head();
    assertEquals(407, first.status());
    assertEquals("close", first.field("Connection"));
  }

  @Test
  void theRulesOfTheServerAndOfTheCallerMustBothAllow() throws Exception {
    server.echo();
    RawCaller c = server.caller();
    assertEquals("GET /x ", c.request("GET", "/x", BLUE).answer().text());
    Answer post = c.request("POST", "/x", BLUE, "Content-Length: 0").answer();
    assertEquals(526, post.status());
    assertEquals("Destination is not allowed", post.firstLine());
    assertEquals("Destination is forbidden", c.request("GET", "/no", BLUE).answer().firstLine());
    assertEquals("GET /no ", c.request("GET", "/no", RED).answer().text());
    assertEquals("Destination is forbidden", c.request("GET", "/nobody", RED).answer().firstLine());
  }

  @Test
  void aNewConfigurationCountsFromTheNextRequestOn() throws Exception {
    server.echo();
    RawCaller c = server.caller();
    assertEquals(200, c.request("GET", "/x", RED).answer().status());
    server.reload("callers: [{name: red, key: NextRedKey}]");
    assertEquals(407, c.request("GET", "/x", RED).answer().status());
    String next = "Proxy-Authorization: Bearer NextRedKey";
    assertEquals("GET /nobody ", c.request("GET", "/nobody", next).answer().text());
    server.reload("callers: []");
    assertEquals(200, c.request("GET", "/x").answer().status());
    server.awaitCounts(1, 1, 0);
  }

  @Test
  void aWithdrawnKeyOfAClientIsRefusedAndItsConnectionsEnd() throws Exception {
    server.reload("clients: [{name: a, key: KeyA}, {name: b, key: KeyB}]");
    RawPeer a = server.kept(RawPeer.open(server.port(), "X-SECRET-KEY: KeyA"));
    a.text("a_1").awaitPong();
    RawPeer b = server.kept(RawPeer.open(server.port(), "X-SECRET-KEY: KeyB"));
    b.text("b_1").awaitPong();
    server.reload("clients: [{name: b, key: KeyB}]");
    assertEquals(1008, a.closedWith());
    server.awaitCounts(1, 1, 0);
    RawCaller again = server.caller();
    again.send(RawPeer.handshake("X-SECRET-KEY: KeyA"));
    assertEquals(526, again.answer().status());
    RawCaller c = server.caller();
    c.request("GET", "/busy");
    b.requestHead();
    b.body();
    server.reload("clients: [{name: c, key: KeyC}]");
    b.reply(200, "finished");
    assertEquals("finished", c.answer().text());
    assertEquals(1008, b.closedWith());
    server.awaitCounts(0, 0, 0);
  }
}
