package wsp.client.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.client.origin.OriginStream;
import wsp.client.replay.TestOrigin.Line;
import wsp.destination.Destination;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;

/** An origin that switches to another protocol, or does not. */
class UpgradeTest extends WithOrigin {
  private static final String SWITCHES =
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";

  private final Collector sink = new Collector(() -> {});

  private OriginStream asked(String... fields) throws Exception {
    return started(sink, "GET", 0, Headers.of(fields));
  }

  private OriginStream asked() throws Exception {
    return asked("Upgrade", "websocket", "Sec-WebSocket-Version", "13");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }

  private Line switched(String andThen) throws Exception {
    Line line = origin.accept();
    String head = line.head();
    assertTrue(head.contains("\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"), head);
    line.send(SWITCHES + andThen);
    assertEquals(101, sink.status());
    return line;
  }

  @Test
  void bytesGoBothWaysAndTheCallersEndIsHalfAClose() throws Exception {
    OriginStream replay = asked();
    try (Line line = switched("early ")) {
      sink.feed(replay, bytes("ping"), false);
      assertEquals("ping", line.body(4));
      sink.feed(replay, bytes("last"), true);
      assertEquals("last", line.body(4));
      assertEquals(-1, line.top().getInputStream().read(), "half a close");
      line.send("late");
      line.top().shutdownOutput();
      assertEquals("early late", sink.answer());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void overTlsTheCallersEndEndsBothWaysAndBreaksNothingOff(String tls) throws Exception {
    origin.close();
    origin = new TestOrigin(tls);
    OriginStream replay = asked();
    try (Line line = switched("all")) {
      sink.feed(replay, bytes("last"), true);
      assertEquals("last", line.body(4));
      assertEquals(-1, line.top().getInputStream().read());
      // Without a word of TLS.
      line.tcp().close();
      assertEquals("all", sink.answer());
    }
  }

  @Test
  void theOriginsEndLeavesTheOtherWayOpen() throws Exception {
    OriginStream replay = asked();
    try (Line line = switched("all")) {
      line.top().shutdownOutput();
      assertEquals("all", sink.answer());
      sink.feed(replay, bytes("more"), false);
      assertEquals("more", line.body(4));
      sink.feed(replay, new byte[0], true);
      assertEquals(-1, line.top().getInputStream().read());
    }
  }

  @Test
  void aResetOfTheOriginIsNoEnd() throws Exception {
    OriginStream replay = asked();
    try (Line line = switched("x")) {
      line.reset();
      assertThrows(ExecutionException.class, sink::answer);
    }
    replay.cancel();
  }

  @Test
  void cancellingResetsTheOrigin() throws Exception {
    OriginStream replay = asked();
    try (Line line = switched("x")) {
      replay.cancel();
      assertThrows(IOException.class, () -> line.top().getInputStream().read());
    }
  }

  @Test
  void anOriginThatDoesNotSwitchGivesAPlainAnswerOnAConnectionThatIsKept() throws Exception {
    OriginStream replay = asked();
    try (Line line = origin.accept()) {
      line.head();
      line.send("HTTP/1.1 400 Bad\r\nContent-Length: 2\r\n\r\nno");
      assertEquals(400, sink.status());
      assertEquals("no", sink.answer());
      sink.feed(replay, new byte[0], true);
      Collector next = new Collector(() -> {});
      RequestEnvelope plain = new RequestEnvelope("GET", origin.url(), Headers.EMPTY, 0);
      OriginStream second = replayer.prepare(plain, Destination.parse(origin.url()), next);
      second.start();
      next.feed(second, new byte[0], true);
      assertTrue(line.head().startsWith("GET / "), "on the same connection");
      line.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
      assertEquals("ok", next.answer());
    }
  }

  @Test
  void a101ThatNobodyAskedForIsNoAnswer() throws Exception {
    OriginStream replay = asked("Upgrade", "h2c");
    sink.feed(replay, new byte[0], true);
    try (Line line = origin.accept()) {
      assertTrue(!line.head().contains("Upgrade"));
      line.send(SWITCHES);
      assertThrows(ExecutionException.class, sink::answer);
    }
    replay.cancel();
  }

  @ParameterizedTest
  @CsvSource({"SPDY/3.1, spdy/3.1", "spdy/3.1, SPDY/3.1", "tcp, TCP", "a/b, A/b"})
  void aProtocolMayHaveAVersionAndIsComparedWithoutCase(String asked, String agreed)
      throws Exception {
    OriginStream replay = asked("Upgrade", asked);
    try (Line line = origin.accept()) {
      String head = line.head();
      assertTrue(head.contains("\r\nUpgrade: " + asked + "\r\nConnection: Upgrade\r\n"), head);
      line.send("HTTP/1.1 101 S\r\nConnection: Upgrade\r\nUpgrade: " + agreed + "\r\n\r\n");
      assertEquals(101, sink.status());
      sink.feed(replay, bytes("ping"), false);
      assertEquals("ping", line.body(4));
    }
    replay.cancel();
  }

  @Test
  void a101WithAnotherProtocolIsNoAnswer() throws Exception {
    OriginStream replay = asked("Upgrade", "other");
    try (Line line = origin.accept()) {
      assertTrue(line.head().contains("\r\nUpgrade: other\r\n"));
      line.send(SWITCHES);
      assertThrows(ExecutionException.class, sink::answer);
    }
    replay.cancel();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, RequestEnvelope.UNKNOWN, 4})
  void bytesOfATunnelGoAsTheyAreWhateverItsEnvelopeSaysOfABody(long length) throws Exception {
    String url = origin.url().replaceFirst("^http://([^/]*).*", "tcp://$1");
    RequestEnvelope connect = new RequestEnvelope("CONNECT", url, Headers.EMPTY, length);
    OriginStream replay = replayer.prepare(connect, Destination.ofTunnel(url), sink);
    replay.start();
    try (Line line = origin.accept()) {
      assertEquals(200, sink.status());
      sink.feed(replay, bytes("ping"), false);
      sink.feed(replay, bytes("pong"), true);
      assertEquals("pingpong", line.body(8));
      assertEquals(-1, line.top().getInputStream().read());
    }
    replay.cancel();
  }
}
