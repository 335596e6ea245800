package wsp.client.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import wsp.client.origin.OriginStream;
import wsp.client.replay.TestOrigin.Line;
import wsp.destination.Destination;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;

/**
 * What has arrived on a kept connection is read before a request goes out on it, though no event
 * has told of it yet: the I/O thread is held while the origin does something, and sends the next
 * request before it looks at events again.
 */
@Timeout(60)
class StaleConnectionTest {
  private static final String RIGHT = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nright";

  /** Requests, and what the origin gets of their bodies. */
  private enum Ask {
    GET("GET", 0, ""),
    LENGTH("POST", 2, "hi"),
    CHUNKED("POST", RequestEnvelope.UNKNOWN, "2\r\nhi\r\n0\r\n\r\n");

    final String method;
    final long length;
    final String framed;

    Ask(String method, long length, String framed) {
      this.method = method;
      this.length = length;
      this.framed = framed;
    }

    byte[] body() {
      return length == 0 ? new byte[0] : "hi".getBytes(StandardCharsets.US_ASCII);
    }
  }

  /** What an origin does with an idle connection, after which it is not used. */
  private enum Deed {
    CLOSES(idle -> idle.end()),
    CUTS(idle -> idle.tcp().close()),
    ENDS_ITS_SIDE(idle -> idle.top().shutdownOutput()),
    RESETS(idle -> idle.reset()),
    SAYS_408(
        idle -> {
          idle.send("HTTP/1.1 408 Slow\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
          idle.end();
        }),
    ANSWERS(idle -> idle.send(RIGHT.replace("right", "wrong"))),
    SENDS_A_LATE_BODY(idle -> idle.send("0\r\n\r\n")),
    SENDS_AN_EMPTY_LINE(idle -> idle.send("\r\n")),
    SENDS_HALF_A_RECORD(
        idle -> {
          idle.tcp().getOutputStream().write(new byte[] {23, 3, 3, 0});
        });

    private final Act act;

    Deed(Act act) {
      this.act = act;
    }

    private interface Act {
      void to(Line idle) throws IOException;
    }
  }

  private TestReplayer replayer;
  private TestOrigin other;

  @BeforeEach
  void start() throws Exception {
    replayer = new TestReplayer();
    other = new TestOrigin("");
  }

  @AfterEach
  void stop() throws IOException {
    replayer.close();
    other.close();
  }

  private Collector send(TestOrigin to, Ask ask, Runnable atEnd) {
    Collector sink = new Collector(atEnd);
    try {
      RequestEnvelope envelope =
          new RequestEnvelope(ask.method, to.url(), Headers.EMPTY, ask.length);
      OriginStream replay = replayer.prepare(envelope, Destination.parse(to.url()), sink);
      replay.start();
      var unused = replay.body(java.nio.ByteBuffer.wrap(ask.body()), true);
    } catch (wsp.destination.InvalidDestinationException e) {
      throw new AssertionError(e);
    }
    return sink;
  }

  /** An idle connection. */
  private Line kept(TestOrigin origin) throws Exception {
    Collector first = send(origin, Ask.GET, () -> {});
    Line line = origin.accept();
    line.head();
    line.send(RIGHT);
    assertEquals("right", first.answer());
    return line;
  }

  /** What happens while the I/O thread is held. */
  private interface Meanwhile {
    void run() throws Exception;
  }

  /**
   * Holds the I/O thread for so long, after which it sends the request at once; or another thread
   * does so before that.
   */
  private Collector sendAfter(TestOrigin origin, Ask ask, boolean near, Meanwhile deed)
      throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    CompletableFuture<Collector> next = new CompletableFuture<>();
    Collector holding =
        send(
            other,
            Ask.GET,
            () -> {
              held.countDown();
              try {
                assertTrue(release.await(10, TimeUnit.SECONDS));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              if (near) next.complete(send(origin, ask, () -> {}));
            });
    try (Line line = other.accept()) {
      line.head();
      line.send(RIGHT);
      assertTrue(held.await(10, TimeUnit.SECONDS));
      deed.run();
      if (!near) next.complete(send(origin, ask, () -> {}));
      release.countDown();
      assertEquals("right", holding.answer());
    }
    return next.get(10, TimeUnit.SECONDS);
  }

  private static void answerOnce(Line line, Ask ask) throws IOException {
    assertTrue(line.head().startsWith(ask.method + " "));
    assertEquals(ask.framed, line.body(ask.framed.length()));
    line.send(RIGHT.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
  }

  static Stream<Arguments> deeds() {
    return Stream.of("", "TLSv1.2", "TLSv1.3")
        .flatMap(tls -> Stream.of(Deed.values()).flatMap(d -> cases(tls, d)));
  }

  private static Stream<Arguments> cases(String tls, Deed deed) {
    // Over TLS, framing makes no difference.
    Stream<Ask> asks = tls.isEmpty() ? Stream.of(Ask.values()) : Stream.of(Ask.GET, Ask.CHUNKED);
    return asks.map(ask -> Arguments.of(tls, deed, ask));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("deeds")
  void aConnectionOnWhichAnythingHasComeIsNotUsed(String tls, Deed deed, Ask ask) throws Exception {
    try (TestOrigin origin = new TestOrigin(tls);
        Line idle = kept(origin)) {
      Collector next = sendAfter(origin, ask, true, () -> deed.act.to(idle));
      try (Line fresh = origin.accept()) {
        answerOnce(fresh, ask);
        assertEquals("right", next.answer());
      }
    }
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("deeds")
  void anotherThreadDoesNotUseItEither(String tls, Deed deed, Ask ask) throws Exception {
    try (TestOrigin origin = new TestOrigin(tls);
        Line idle = kept(origin)) {
      Collector next = sendAfter(origin, ask, false, () -> deed.act.to(idle));
      try (Line fresh = origin.accept()) {
        answerOnce(fresh, ask);
        assertEquals("right", next.answer());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void anotherThreadMayUseAKeptConnection(Ask ask) throws Exception {
    for (String tls : List.of("", "TLSv1.3")) {
      try (TestOrigin origin = new TestOrigin(tls);
          Line idle = kept(origin)) {
        Collector next = send(origin, ask, () -> {});
        answerOnce(idle, ask);
        assertEquals("right", next.answer());
      }
    }
  }

  /** So it is with tickets for later sessions, which come on idle connections too. */
  @ParameterizedTest
  @EnumSource
  void whatTls13HasToSayOfItselfCostsNoConnection(Ask ask) throws Exception {
    try (TestOrigin origin = new TestOrigin("TLSv1.3");
        Line idle = kept(origin)) {
      Meanwhile newKeys = () -> ((SSLSocket) idle.top()).startHandshake();
      Collector next = sendAfter(origin, ask, true, newKeys);
      answerOnce(idle, ask);
      assertEquals("right", next.answer());
    }
  }

  @Test
  void nothingOfABodyThatComesInPartsIsLost() throws Exception {
    try (TestOrigin origin = new TestOrigin("");
        Line idle = kept(origin)) {
      Collector sink = new Collector(() -> {});
      RequestEnvelope envelope = new RequestEnvelope("PUT", origin.url(), Headers.EMPTY, 6);
      OriginStream replay = replayer.prepare(envelope, Destination.parse(origin.url()), sink);
      idle.reset();
      replay.start();
      byte[] part = {'a', 'b'};
      sink.feed(replay, part, false);
      part[0] = 'c';
      sink.feed(replay, part, false);
      sink.feed(replay, new byte[] {'e', 'f'}, true);
      try (Line fresh = origin.accept()) {
        assertTrue(fresh.head().contains("Content-Length: 6"));
        assertEquals("abcbef", fresh.body(6));
        fresh.send(RIGHT);
        assertEquals("right", sink.answer());
      }
    }
  }
}
