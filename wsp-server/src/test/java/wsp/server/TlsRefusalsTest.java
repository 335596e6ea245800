package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.server.RawCaller.Answer;
import wsp.testing.Await;

/** Other ends that speak no TLS, an old one, or more of it than is due. */
class TlsRefusalsTest extends TlsFixture {
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.1", "TLSv1"})
  void olderVersionsAreRefused(String version) throws Exception {
    // This JVM would not offer them by itself: a hello of theirs, by hand.
    int minor = version.equals("TLSv1") ? 1 : 2;
    RawCaller c = server.caller();
    c.send(hello(minor, new byte[] {3, (byte) minor}));
    InputStream in = c.socket.getInputStream();
    assertEquals(21, in.read(), "no alert");
    in.readNBytes(4);
    assertEquals(2, in.read(), "it is not fatal");
    assertEquals(70, in.read(), "it is not protocol_version");
  }

  /** A ClientHello (RFC 5246 §7.4.1.2) of one cipher suite. */
  private static byte[] hello(int minor, byte[] version) {
    int length = 2 + 32 + 1 + 2 + 2 + 2;
    ByteBuffer b = ByteBuffer.allocate(9 + length);
    b.put((byte) 22).put((byte) 3).put((byte) minor).putShort((short) (4 + length));
    b.put((byte) 1).put((byte) 0).putShort((short) length);
    b.put(version).put(new byte[32]).put((byte) 0);
    b.putShort((short) 2).putShort((short) 0xc013).put((byte) 1).put((byte) 0);
    return b.array();
  }

  @Test
  void aHandshakeThatStopsHalfWayIsCutByTheLimit() throws Exception {
    byte[] hello = hello(3, new byte[] {3, 3});
    try (RunningServer hasty = new RunningServer(config("", "headertimeout: 1s"))) {
      RawCaller c = hasty.caller();
      c.send(Arrays.copyOf(hello, 20));
      RawCaller silent = hasty.caller();
      Await.until("both are cut", () -> hasty.server.listener.connections() == 0);
      assertTrue(c.ended());
      assertTrue(silent.ended());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SSH-2.0-x\r\n", "GETTY", "\r\n\r\n\u0000\r\nQUIT\n", "\u0000\u0000"})
  void whatIsNotTlsIsCutWithoutAnAnswer(String text) throws Exception {
    RawCaller c = server.caller();
    c.send((text + "x".repeat(100)).getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(0, c.socket.getInputStream().readAllBytes().length);
    assertEquals("ok", status(caller()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "POST", "HEAD", "PATCH", "DELETE", "OPTIONS", "CONNECT"})
  void plainHttpIsToldWhatIsMissing(String method) throws Exception {
    for (int piece : new int[] {1, 1000}) {
      RawCaller c = server.caller();
      String request = method + " http://h/status HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n";
      for (int at = 0; at < request.length(); at += piece)
        c.send(request.substring(at, Math.min(request.length(), at + piece)));
      Answer answer = c.answer();
      assertEquals(400, answer.status());
      assertTrue(answer.text().contains("this port speaks TLS"), answer.text());
      assertEquals(0, c.socket.getInputStream().readAllBytes().length, "no alert behind it");
    }
  }

  @Test
  void plainHttpBehindTheFirstRecordIsToldNothing() throws Exception {
    RawCaller c = server.caller();
    c.send(hello(3, new byte[] {3, 3}));
    c.send("GET /status HTTP/1.1\r\nHost: h\r\n\r\n");
    byte[] answer = c.socket.getInputStream().readAllBytes();
    assertFalse(new String(answer, StandardCharsets.ISO_8859_1).contains("HTTP"));
  }

  @Test
  void aSecondHandshakeInTls12IsRefused() throws Exception {
    RawCaller c = caller("TLSv1.2");
    assertEquals("ok", status(c));
    ((SSLSocket) c.socket).startHandshake();
    assertThrows(
        IOException.class,
        () -> {
          for (int i = 0; i < 100; i++) status(c);
        });
    Await.until("it is gone", () -> server.server.listener.connections() == 0);
  }

  @Test
  void newKeysMayBeAskedForButNotForEver() throws Exception {
    RawCaller c = caller("TLSv1.3");
    for (int i = 0; i < 5; i++) {
      ((SSLSocket) c.socket).startHandshake(); // a KeyUpdate, in this version
      assertEquals("ok", status(c));
    }
    assertThrows(
        IOException.class,
        () -> {
          for (int i = 0; i < 2000; i++) {
            ((SSLSocket) c.socket).startHandshake();
            if (i % 100 == 0) status(c);
          }
        });
    Await.until("it is gone", () -> server.server.listener.connections() == 0);
  }
}
