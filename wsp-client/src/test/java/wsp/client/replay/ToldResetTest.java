package wsp.client.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wsp.client.origin.OriginStream;
import wsp.client.origin.ReplayException;
import wsp.client.replay.TestOrigin.Line;
import wsp.destination.Destination;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;

/**
 * An origin leaves while it is written to, and the writing thread is the first to hear of it: what
 * ends with its connection is whole only if the origin had ended it in order before.
 */
@Timeout(60)
class ToldResetTest {
  private static final int PARTS = 10;

  private enum Kind {
    ANSWER("POST", "HTTP/1.1 200 OK\r\n\r\n"),
    TUNNEL("GET", "HTTP/1.1 101 Yes\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");

    final String method;
    final String head;

    Kind(String method, String head) {
      this.method = method;
      this.head = head;
    }

    RequestEnvelope request(String url) {
      if (this == TUNNEL)
        return new RequestEnvelope(method, url, Headers.of("Upgrade", "websocket"), 0);
      return new RequestEnvelope(method, url, Headers.EMPTY, RequestEnvelope.UNKNOWN);
    }
  }

  private final CountDownLatch piece = new CountDownLatch(1);
  private final CountDownLatch written = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);
  private final Collector sink =
      new Collector(
          () -> {
            piece.countDown();
            await(written);
          },
          () -> {});
  private TestOrigin origin;
  private TestReplayer replayer;

  @BeforeEach
  void start() throws Exception {
    origin = new TestOrigin("");
    replayer = new TestReplayer();
    // The reading thread has to know it by itself.
    replayer.timerWaitsFor(() -> await(over));
  }

  @AfterEach
  void stop() throws Exception {
    written.countDown();
    over.countDown();
    origin.close();
    replayer.close();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(20, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Writes, while the I/O thread is held up, until that has failed. */
  private void leavesBehind(Kind kind, Leaving leaving) throws Exception {
    OriginStream replay =
        replayer.prepare(kind.request(origin.url()), Destination.parse(origin.url()), sink);
    replay.start();
    byte[] part = new byte[1000];
    try (Line line = origin.accept()) {
      if (kind == Kind.ANSWER) sink.feed(replay, part, false);
      line.head();
      line.send(kind.head + "part");
      await(piece);
      if (kind == Kind.TUNNEL) sink.feed(replay, part, false);
      leaving.of(line);
      for (int i = 0; i < PARTS; i++) sink.feed(replay, part, false);
    }
    written.countDown();
  }

  private interface Leaving {
    void of(Line line) throws Exception;
  }

  @ParameterizedTest
  @EnumSource
  void aResetIsNoEndThoughOnlyTheWritingWasToldOfIt(Kind kind) throws Exception {
    leavesBehind(kind, Line::reset);
    Exception e = assertThrows(ExecutionException.class, sink::answer);
    ReplayException failure = (ReplayException) e.getCause();
    assertEquals(
        "the origin reset the connection in the middle of its response", failure.getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void anEndInOrderIsOneThoughNothingCouldBeWrittenBehindIt(Kind kind) throws Exception {
    leavesBehind(kind, Line::end);
    assertEquals("part", sink.answer());
  }
}
