package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.server.LinkPeer.Frame;
import wsp.testing.Await;

/** Which caller's connection a request came on, as a client of version 2 is told. */
@Timeout(60)
class BondTest {
  private static final String NTLM = "Authorization: NTLM Zmlyc3Q=";
  private static final Pattern FIELD = Pattern.compile("\"X-Proxy-Connection\":\\[\"([^\"]+)\"]");

  @AutoClose private final RunningServer server = new RunningServer("timeout: 10000");

  /** What the client is told of the connection of a request, which is answered; null: nothing. */
  private static String told(RawCaller c, LinkPeer peer, String... fields) throws IOException {
    return answered(c.request("GET", "/", fields), peer);
  }

  private static String answered(RawCaller c, LinkPeer peer) throws IOException {
    Frame request = peer.request();
    peer.reply(request.id(), "ok");
    assertEquals("ok", c.answer().text());
    Matcher field = FIELD.matcher(request.text());
    return field.find() ? field.group(1) : null;
  }

  @Test
  void aConnectionThatLogsInIsToldFromThenOnAndNoOtherIs() throws Exception {
    LinkPeer peer = LinkPeer.open(server);
    RawCaller alice = server.caller();
    RawCaller bob = server.caller();
    assertNull(told(alice, peer), "nearly all requests need none");
    String of = told(alice, peer, NTLM);
    assertTrue(of != null && of.length() >= 32, of);
    assertFalse(of.contains("127.0.0.1"), of);
    assertEquals(of, told(alice, peer));
    assertEquals(of, told(alice, peer, NTLM));
    assertNull(told(bob, peer, "Authorization: Basic eDp5"));
    String other = told(bob, peer, "authorization: negotiate YII=");
    assertNotEquals(of, other);
    assertEquals(of.split("\\.")[0], other.split("\\.")[0], "both have one address");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Proxy-Connection: forged", "X_PROXY_CONNECTION: forged"})
  void aCallerCannotSayIt(String field) throws Exception {
    LinkPeer peer = LinkPeer.open(server);
    RawCaller c = server.caller();
    c.request("GET", "/", field, "Connection: X-Proxy-Connection");
    Frame request = peer.request();
    assertFalse(request.text().contains("forged"), request.text());
    peer.reply(1, "ok");
    assertEquals("ok", c.answer().text());
    assertNotEquals("forged", told(c, peer, NTLM, field));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Via: 1.1 p", "Forwarded: for=192.0.2.1", "X-Forwarded-For: 192.0.2.1"})
  void theConnectionOfAProxyIsManyCallers(String field) throws Exception {
    LinkPeer peer = LinkPeer.open(server);
    RawCaller c = server.caller();
    assertNull(told(c, peer, NTLM, field));
    String of = told(c, peer, NTLM);
    assertTrue(of != null);
    assertNull(told(c, peer, field), "whose request is it?");
  }

  @Test
  void theConnectionOfATrustedProxyIsManyCallersWhateverItSays() throws Exception {
    try (RunningServer behind = new RunningServer("trustedproxies: [127.0.0.1]")) {
      LinkPeer peer = LinkPeer.open(behind);
      RawCaller c = behind.caller();
      assertNull(told(c, peer, NTLM));
      assertNull(told(c, peer));
    }
  }

  @Test
  void aConnectionThatCallersShareIsTiedToOneOfThemAtATime() throws Exception {
    String keys = "callers: [{name: red, key: RedKey}, {name: blue, key: BlueKey}]";
    String red = "X-PROXY-AUTHORIZATION: Bearer RedKey";
    String blue = "X-PROXY-AUTHORIZATION: Bearer BlueKey";
    try (RunningServer shared = new RunningServer(keys)) {
      LinkPeer peer = LinkPeer.open(shared);
      RawCaller c = shared.caller();
      String first = told(c, peer, red, NTLM);
      assertEquals(first, told(c, peer, red));
      assertNull(told(c, peer, blue), "it has not logged in");
      assertNull(told(c, peer, red), "what was the first one's is gone");
      String second = told(c, peer, blue, NTLM);
      assertNotEquals(first, second);
      assertEquals(second, told(c, peer, blue));
    }
  }

  @Test
  void requestsThatNeedNoKeyEndNoLoginOfACallerWithOne() throws Exception {
    String keys = "callers: [{name: red, key: RedKey}]";
    String routes = "routes: [{path: /open/, destination: 'http://o.test/', keys: false}]";
    String open = "GET /open/ HTTP/1.1\r\nHost: h\r\n";
    String red = "X-PROXY-AUTHORIZATION: Bearer RedKey";
    try (RunningServer shared = new RunningServer(keys, routes)) {
      LinkPeer peer = LinkPeer.open(shared);
      RawCaller c = shared.caller();
      String first = told(c, peer, red, NTLM);
      assertNull(answered(c.send(open + "\r\n"), peer));
      assertEquals(first, told(c, peer, red));
      String other = answered(c.send(open + NTLM + "\r\n\r\n"), peer);
      assertNotEquals(first, other);
      assertEquals(first, told(c, peer, red));
      assertEquals(other, answered(c.send(open + "\r\n"), peer));
    }
  }

  @Test
  void aClientOfVersion1IsToldNothing() throws Exception {
    RawPeer old = server.peer();
    RawCaller c = server.caller().request("GET", "/", NTLM);
    assertFalse(old.requestHead().headers().has("X-Proxy-Connection"));
    assertEquals(0, old.body().length);
    old.reply(200, "ok");
    assertEquals("ok", c.answer().text());
  }

  @Test
  void theNextRequestGoesToTheSameClientAsLongAsThereIsRoom() throws Exception {
    LinkPeer first = LinkPeer.as("first", server, "X-PROXY-STREAMS: 1");
    RawCaller c = server.caller();
    String of = told(c, first, NTLM);
    LinkPeer second = LinkPeer.as("second", server);
    for (int i = 0; i < 20; i++) assertEquals(of, told(c, first));
    RawCaller busy = server.caller().request("GET", "/busy", "X-PROXY-CLIENT: first");
    Frame held = first.request();
    assertEquals(of, told(c, second), "it is served, and its origin asks it to log in again");
    first.reply(held.id(), "busy");
    assertEquals("busy", busy.answer().text());
    second.close();
    Await.until("it is gone", () -> server.server.pools.counts().clients() == 1);
    assertEquals(of, told(c, first));
  }

  private static void upgrade(RawCaller c) throws IOException {
    c.request("GET", "/ws", NTLM, "Upgrade: websocket\r\nConnection: Upgrade");
  }

  @Test
  void whatVersion1CannotCarryGoesToAnotherThanTheClientThatHadTheLastRequest() throws Exception {
    RawPeer old = server.peer("old_1");
    RawCaller c = server.caller().request("GET", "/", NTLM);
    old.request();
    old.reply(200, "ok");
    assertEquals("ok", c.answer().text());
    LinkPeer other = LinkPeer.as("other", server);
    upgrade(c);
    assertTrue(other.next(LinkPeer.REQUEST).text().contains("/ws"));
  }

  @Test
  void aClientThatHasComeBackAsOneOfVersion1HasNothingThatOthersHaveNot() throws Exception {
    LinkPeer first = LinkPeer.as("first", server);
    RawCaller c = server.caller();
    String of = told(c, first, NTLM);
    first.close();
    Await.until("it is gone", () -> server.server.pools.counts().clients() == 0);
    server.peer("first_1");
    LinkPeer other = LinkPeer.as("other", server);
    upgrade(c);
    Frame request = other.next(LinkPeer.REQUEST);
    assertTrue(request.text().contains("/ws"), request.text());
    assertTrue(request.text().contains(of), "it is the caller's all the same");
  }
}
