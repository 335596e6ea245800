package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.server.RawCaller.Answer;

/** What comes to /register before there is a WebSocket. */
class HandshakeTest {
  private static final String SECRET = "secretkey: ThisIsASecret";
  @AutoClose private final RunningServer server = new RunningServer();

  @Test
  void theHandshakeIsThatOfTheRfc() throws Exception {
    RawPeer peer = server.kept(new RawPeer(server.port(), 0));
    String head =
        peer.raw(RawPeer.handshake("Sec-WebSocket-Protocol: wsp.9", "User-Agent: x")).head();
    assertTrue(head.startsWith("HTTP/1.1 101 "), head);
    // For the key of an original client's handshake: SHA-1 of key and GUID.
    String accept =
        java.util.Base64.getEncoder()
            .encodeToString(
                java.security.MessageDigest.getInstance("SHA-1")
                    .digest(
                        "VrZAGuvs6IJBf19265Kk3w==258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
                            .getBytes(StandardCharsets.US_ASCII)));
    assertTrue(head.toLowerCase().contains("sec-websocket-accept: " + accept.toLowerCase()), head);
    assertFalse(head.toLowerCase().contains("sec-websocket-protocol"), head);
    assertFalse(head.toLowerCase().contains("sec-websocket-extensions"), head);
  }

  @Test
  void handshakeAndGreetingMayComeInOneWrite() throws Exception {
    RawPeer peer = server.kept(new RawPeer(server.port(), 0));
    byte[] greeting = peer.masked(true, 1, "a_1".getBytes(StandardCharsets.UTF_8));
    java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
    all.writeBytes(RawPeer.handshake().getBytes(StandardCharsets.UTF_8));
    all.writeBytes(greeting);
    peer.raw(all.toByteArray());
    peer.head();
    server.awaitCounts(1, 1, 0);
  }

  @Test
  void aHandshakeMayComeBehindARequestThatIsNotAnsweredYetWithItsGreeting() throws Exception {
    RawPeer first = server.peer("b_1");
    RawPeer peer = server.kept(new RawPeer(server.port(), 0));
    java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
    String request =
        "GET /request HTTP/1.1\r\nHost: h\r\nX-PROXY-DESTINATION: http://o.test/\r\n\r\n";
    all.writeBytes((request + RawPeer.handshake()).getBytes(StandardCharsets.UTF_8));
    all.writeBytes(peer.masked(true, 1, "a_1".getBytes(StandardCharsets.UTF_8)));
    peer.raw(all.toByteArray());
    first.request();
    first.reply(204, "");
    assertTrue(peer.head().startsWith("HTTP/1.1 204 "));
    assertTrue(peer.head().startsWith("HTTP/1.1 101 "));
    server.awaitCounts(2, 2, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,HTTP/1.1,,13,Upgrade,websocket", // no key
    "GET,HTTP/1.1,short,13,Upgrade,websocket",
    "GET,HTTP/1.1,!!!!!!!!!!!!!!!!!!!!!!==,13,Upgrade,websocket",
    "GET,HTTP/1.1,VrZAGuvs6IJBf19265Kk3w==,12,Upgrade,websocket",
    "GET,HTTP/1.1,VrZAGuvs6IJBf19265Kk3w==,x,Upgrade,websocket",
    "GET,HTTP/1.1,VrZAGuvs6IJBf19265Kk3w==,,Upgrade,websocket",
    "GET,HTTP/1.1,VrZAGuvs6IJBf19265Kk3w==,13,keep-alive,websocket",
    "GET,HTTP/1.1,VrZAGuvs6IJBf19265Kk3w==,13,Upgrade,h2c",
    "GET,HTTP/1.1,VrZAGuvs6IJBf19265Kk3w==,13,Upgrade,",
    "GET,HTTP/1.1,,,,", // no handshake at all
    "POST,HTTP/1.1,VrZAGuvs6IJBf19265Kk3w==,13,Upgrade,websocket",
    "GET,HTTP/1.0,VrZAGuvs6IJBf19265Kk3w==,13,Upgrade,websocket"
  })
  void whatIsNoHandshakeIsA4xx(
      String method, String version, String key, String number, String connection, String upgrade)
      throws Exception {
    StringBuilder s = new StringBuilder(method + " /register " + version + "\r\nHost: h\r\n");
    if (key != null) s.append("Sec-WebSocket-Key: ").append(key).append("\r\n");
    if (number != null) s.append("Sec-WebSocket-Version: ").append(number).append("\r\n");
    if (connection != null) s.append("Connection: ").append(connection).append("\r\n");
    if (upgrade != null) s.append("Upgrade: ").append(upgrade).append("\r\n");
    Answer a = server.caller().send(s + "\r\n").answer();
    assertTrue(a.status() / 100 == 4, a.status() + " " + a.fields());
    assertNull(a.field("Sec-WebSocket-Accept"));
    server.awaitNothingLeft();
  }

  /** What a proxy on the way does by default, each by itself. */
  @ParameterizedTest
  @CsvSource({
    "' HTTP/1.1', ' HTTP/1.0', came by HTTP/1.0",
    "'Upgrade: websocket', 'X: y', has no Upgrade",
    "'Connection: Upgrade', 'Connection: close', has no Upgrade",
    "'Connection: Upgrade', 'Connection: keep-alive', has no Upgrade"
  })
  void aHandshakeThatAProxyHasChangedIsToldWhatIsMissing(String was, String is, String words)
      throws Exception {
    String handshake = RawPeer.handshake();
    assertTrue(handshake.contains(was), handshake);
    Answer a = server.caller().send(handshake.replace(was, is)).answer();
    assertEquals(400, a.status());
    assertTrue(a.text().contains(words), a.text());
  }

  @Test
  void oddHandshakeFieldsDoNoHarm() throws Exception {
    for (String odd :
        new String[] {
          "Sec-WebSocket-Extensions: ;;;,,,=",
          "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits",
          "Sec-WebSocket-Protocol: ,,,",
          "Sec-WebSocket-Protocol: \"",
          "Sec-WebSocket-Version: 13",
          "Connection: ,,",
          "X-TYRUS-CONNECTION-ID: 1",
          "tyrus-cluster-connection-id: x",
          "X-Tyrus-Tracing-Accept: x"
        }) {
      RawCaller c = server.caller().send(RawPeer.handshake(odd));
      Answer a = c.head();
      assertTrue(a.status() == 101 || a.status() / 100 == 4, odd + ": " + a.status());
      c.close();
    }
    server.awaitNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "X-SECRET-KEY: wrong", "X-SECRET-KEY: thisisasecret", "X-SECRET-KEY:"})
  void aWrongSecretIsA526AndNo101(String field) throws Exception {
    try (RunningServer guarded = new RunningServer(SECRET)) {
      String handshake = field.isEmpty() ? RawPeer.handshake() : RawPeer.handshake(field);
      RawCaller c = guarded.caller().send(handshake);
      Answer a = c.answer();
      assertEquals(526, a.status());
      assertEquals("Invalid X-SECRET-KEY\n", a.text());
      assertEquals("close", a.field("Connection"));
      assertTrue(c.ended());
      RawPeer right = RawPeer.open(guarded.port(), "X-SECRET-KEY: ThisIsASecret");
      right.text("a_1");
      guarded.awaitCounts(1, 1, 0);
      right.close();
    }
  }

  @Test
  void aPageInABrowserIsRefused() throws Exception {
    assertEquals(
        403, server.caller().send(RawPeer.handshake("Origin: http://h")).answer().status());
  }
}
