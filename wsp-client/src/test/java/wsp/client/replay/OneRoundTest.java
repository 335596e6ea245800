package wsp.client.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wsp.address.AddressGuard;
import wsp.client.net.Reactor;
import wsp.client.origin.HeadMemory;
import wsp.client.origin.OriginLimits;
import wsp.client.origin.OriginStream;
import wsp.client.origin.Origins;
import wsp.destination.Destination;
import wsp.destination.InvalidDestinationException;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.tls.TlsFiles;
import wsp.tls.TlsSettings;

/**
 * What one I/O thread finds all at once: an idle connection is leased for a request, and the same
 * round of events has something from its origin.
 */
@Timeout(60)
class OneRoundTest {
  /** In which order the events of a round come is chance. */
  private static final int ROUNDS = 20;

  private static final String RIGHT = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nright";
  private static final String WRONG = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwrong";

  private ScheduledExecutorService timer;
  private Reactor reactor;
  private Replayer replayer;
  private Origins origins;
  private ServerSocket origin;
  private ServerSocket other;

  @BeforeEach
  void start() throws Exception {
    timer = Executors.newSingleThreadScheduledExecutor();
    reactor = new Reactor(1);
    OriginLimits limits =
        new OriginLimits(
            Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(60), 8192);
    HeadMemory heads = new HeadMemory(1 << 20, Duration.ofSeconds(60));
    replayer = new Replayer(limits, heads, TlsFiles.client(TlsSettings.DEFAULT), reactor, timer);
    origins = replayer.guard(new AddressGuard(List.of(), List.of()));
    origin = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    other = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stop() throws IOException {
    replayer.close();
    reactor.close();
    timer.shutdownNow();
    origin.close();
    other.close();
  }

  private Collector get(ServerSocket from, Runnable atEnd) {
    return get(from, Headers.EMPTY, atEnd);
  }

  private Collector get(ServerSocket from, Headers fields, Runnable atEnd) {
    Collector sink = new Collector(atEnd);
    try {
      String url = "http://127.0.0.1:" + from.getLocalPort() + "/";
      RequestEnvelope envelope = new RequestEnvelope("GET", url, fields, 0);
      OriginStream replay = origins.prepare(envelope, Destination.parse(url), sink);
      replay.start();
      assertTrue(replay.body(ByteBuffer.allocate(0), true));
    } catch (InvalidDestinationException e) {
      throw new AssertionError(e);
    }
    return sink;
  }

  private static Socket accept(ServerSocket from) throws IOException {
    from.setSoTimeout(10_000);
    Socket socket = from.accept();
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static void awaitRequest(Socket from) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = from.getInputStream().read();
      assertTrue(b >= 0, "the connection ended");
      head.append((char) b);
    }
  }

  private static void send(Socket to, String text) throws IOException {
    to.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** What an origin does with an idle connection. */
  private interface Deed {
    void to(Socket idle) throws IOException;
  }

  /**
   * The I/O thread is held until two connections have something for it: one the answer at whose end
   * the next request begins, the other, which is idle and is leased for that, the deed.
   */
  private String nextAnswer(Deed deed) throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    CompletableFuture<Collector> next = new CompletableFuture<>();
    Collector first = get(origin, () -> next.complete(get(origin, () -> {})));
    try (Socket ending = accept(origin)) {
      awaitRequest(ending);
      Collector second = get(origin, () -> {});
      try (Socket idle = accept(origin);
          Socket holding = hold(held, release)) {
        awaitRequest(idle);
        send(idle, RIGHT);
        assertEquals("right", second.answer());
        send(holding, RIGHT);
        assertTrue(held.await(10, TimeUnit.SECONDS));
        send(ending, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        deed.to(idle);
        release.countDown();
        assertEquals("", first.answer());
        try (Socket fresh = accept(origin)) {
          awaitRequest(fresh);
          // Not to be used again: each round begins without idle connections.
          send(fresh, RIGHT.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
          return next.get(10, TimeUnit.SECONDS).answer();
        }
      }
    }
  }

  private Socket hold(CountDownLatch held, CountDownLatch release) throws IOException {
    Collector third =
        get(
            other,
            () -> {
              held.countDown();
              try {
                assertTrue(release.await(10, TimeUnit.SECONDS));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    Socket holding = accept(other);
    awaitRequest(holding);
    assertFalse(third.isDone());
    return holding;
  }

  @Test
  void anIdleConnectionThatEndsAsItIsLeasedCostsNoRequest() throws Exception {
    for (int i = 0; i < ROUNDS; i++) assertEquals("right", nextAnswer(Socket::close));
  }

  @Test
  void whatCameBeforeTheRequestLeftIsNotItsAnswer() throws Exception {
    for (int i = 0; i < ROUNDS; i++) assertEquals("right", nextAnswer(idle -> send(idle, WRONG)));
  }

  @Test
  void aConnectionWithTheRestOfARequestIsNotUsedAgain() throws Exception {
    // More than any socket takes at once.
    Headers fields = Headers.of("X-Long", "x".repeat(16 << 20));
    Collector first = get(origin, fields, () -> {});
    try (Socket early = accept(origin)) {
      assertTrue(early.getInputStream().readNBytes(100).length > 0);
      send(early, RIGHT);
      assertEquals("right", first.answer());
      Collector second = get(origin, () -> {});
      try (Socket fresh = accept(origin)) {
        awaitRequest(fresh);
        send(fresh, RIGHT);
        assertEquals("right", second.answer());
      }
    }
  }
}
