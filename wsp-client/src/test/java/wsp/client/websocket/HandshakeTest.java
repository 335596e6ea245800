package wsp.client.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.http1.HeadReader;
import wsp.http1.MessageException;
import wsp.http1.ResponseHead;

class HandshakeTest {
  private final Handshake handshake =
      new Handshake(Urls.of("ws://server.test:81/register?a=b"), Map.of("X-SECRET-KEY", "s"));

  private final String request = StandardCharsets.UTF_8.decode(handshake.request()).toString();

  private String accept() throws Exception {
    return accept(request);
  }

  private static ResponseHead head(String text) throws MessageException {
    ByteBuffer in = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    ResponseHead head = HeadReader.ofResponses(2000, 100).read(in);
    assertNotNull(head);
    return head;
  }

  private static String accept(String request) throws Exception {
    String key = request.replaceAll("(?s).*Sec-WebSocket-Key: ([^\r]*).*", "$1");
    byte[] hash =
        MessageDigest.getInstance("SHA-1")
            .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes("US-ASCII"));
    return Base64.getEncoder().encodeToString(hash);
  }

  @Test
  void theRequestIsTheOneOfTheRfc() {
    assertTrue(
        request.startsWith("GET /register?a=b HTTP/1.1\r\nHost: server.test:81\r\n"), request);
    assertTrue(request.contains("\r\nUser-Agent: wsp-client\r\n"), request);
    assertTrue(request.contains("\r\nSec-WebSocket-Version: 13\r\n"), request);
    assertTrue(request.contains("\r\nX-SECRET-KEY: s\r\n"), request);
    assertTrue(request.endsWith("\r\n\r\n"), request);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "101 Switching Protocols | Upgrade: websocket | Connection: Upgrade | Sec-WebSocket-Accept:"
            + " %s",
        "101 | upgrade: WebSocket | CONNECTION: keep-alive, upgrade | sec-websocket-accept:%s",
      })
  void aProperAnswerIsAccepted(String status, String a, String b, String c) throws Exception {
    handshake.check(head(answer(status, a, b, c)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 OK | Upgrade: websocket | Connection: Upgrade | Sec-WebSocket-Accept: %s | 200",
        "526 | A: b | C: d | E: f | 526",
        "404 Not Found | A: b | C: d | E: f | 404",
        "101 OK | Upgrade: h2c | Connection: Upgrade | Sec-WebSocket-Accept: %s | 101",
        "101 OK | Upgrade: websocket | Connection: close | Sec-WebSocket-Accept: %s | 101",
        "101 OK | Upgrade: websocket | Connection: Upgrade | Sec-WebSocket-Accept: x | 101",
        "101 OK | Upgrade: websocket | Connection: Upgrade | A: b | 101",
      })
  void anythingElseIsRefused(String status, String a, String b, String c, int known)
      throws Exception {
    String answer = answer(status, a, b, c);
    assertEquals(
        known,
        assertThrows(Handshake.RefusedException.class, () -> handshake.check(head(answer))).status);
  }

  @Test
  void anExtensionThatWasNotOfferedIsRefused() throws Exception {
    String answer =
        answer("101 OK", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Accept: %s");
    String extended =
        answer.replace("\r\n\r\n", "\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n");
    assertThrows(Handshake.RefusedException.class, () -> handshake.check(head(extended)));
  }

  /** Offered with a subprotocol, the server may take it, or go on without. */
  @ParameterizedTest
  @CsvSource({
    "'', true",
    "'Sec-WebSocket-Protocol: wsp.labels', true",
    "'sec-websocket-protocol:wsp.labels ', true",
    "'Sec-WebSocket-Protocol: wsp.Labels', false",
    "'Sec-WebSocket-Protocol: other', false",
    "'Sec-WebSocket-Protocol:', false",
    "'Sec-WebSocket-Protocol: wsp.labels, other', false",
    "'Sec-WebSocket-Protocol: wsp.labels|Sec-WebSocket-Protocol: wsp.labels', false",
  })
  void onlyWhatWasOfferedMayBeChosen(String field, boolean fine) throws Exception {
    Handshake offering =
        new Handshake(
            Urls.of("ws://server.test/register"), Map.of("Sec-WebSocket-Protocol", "wsp.labels"));
    String asked = StandardCharsets.UTF_8.decode(offering.request()).toString();
    assertTrue(asked.contains("\r\nSec-WebSocket-Protocol: wsp.labels\r\n"), asked);
    String lines = field.isEmpty() ? "" : field.replace("|", "\r\n") + "\r\n";
    String answer =
        "HTTP/1.1 101 OK\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + lines
            + "Sec-WebSocket-Accept: "
            + accept(asked)
            + "\r\n\r\n";
    if (fine) offering.check(head(answer));
    else assertThrows(Handshake.RefusedException.class, () -> offering.check(head(answer)));
  }

  @Test
  void aSubprotocolThatWasNotOfferedIsRefused() throws Exception {
    String answer =
        answer("101 OK", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Accept: %s");
    String chosen = answer.replace("\r\n\r\n", "\r\nSec-WebSocket-Protocol: wsp.labels\r\n\r\n");
    assertThrows(Handshake.RefusedException.class, () -> handshake.check(head(chosen)));
  }

  private String answer(String status, String a, String b, String c) throws Exception {
    String lines = "HTTP/1.1 " + status + "\r\n" + a + "\r\n" + b + "\r\n" + c + "\r\n\r\n";
    return lines.replace("%s", accept());
  }
}
