package wsp.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.glassfish.grizzly.nio.NIOConnection;
import org.junit.jupiter.api.Test;
import wsp.limit.Budget;
import wsp.testing.Await;

/** What a connection writes, and how it ends. */
class WireTest extends WireFixture {
  /** More than the sockets hold between them. */
  private static final int MUCH = 32 << 20;

  private static final int PIECES = 10_000;

  @Test
  void anActionRunsAtOnceIfNothingWaits() {
    CountDownLatch ran = new CountDownLatch(1);
    wire.whenWritten(ran::countDown);
    assertEquals(0, ran.getCount());
  }

  /** A socket is tried each second, since it tells late of room. */
  @Test
  void aTryInVainIsNoProgress() throws Exception {
    wire.write(ByteBuffer.allocate(MUCH));
    // The sockets may take some for a while.
    Await.until("a try in vain", Duration.ofSeconds(10), this::triesInVain);
  }

  private boolean triesInVain() throws Exception {
    long start = System.nanoTime();
    tryAgain();
    long now = System.nanoTime();
    return wire.blockedFor(now) >= now - start;
  }

  private void tryAgain() throws Exception {
    CompletableFuture<Void> tried = new CompletableFuture<>();
    wire.tcp.onSelector(
        () -> {
          wire.writable();
          tried.complete(null);
        });
    tried.get(10, TimeUnit.SECONDS);
  }

  /** Two ends that keep each other busy would otherwise get past every limit. */
  @Test
  void anActionThatWritesAgainHoldsBackTheNextOne() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(1);
    wire.write(ByteBuffer.allocate(MUCH));
    assertTrue(wire.congested());
    wire.whenWritten(
        () -> {
          wire.write(ByteBuffer.allocate(MUCH));
          wire.whenWritten(second::countDown);
          first.countDown();
        });
    assertEquals(1, first.getCount());
    read(MUCH);
    assertTrue(first.await(10, TimeUnit.SECONDS));
    assertTrue(wire.congested(), "the second write waits");
    assertFalse(second.await(300, TimeUnit.MILLISECONDS), "it waits for that write");
    read(MUCH);
    assertTrue(second.await(10, TimeUnit.SECONDS));
  }

  /** The locks of connections are taken before those of their wires. */
  @Test
  void othersAreAskedToGiveWayOutsideTheLockOfTheWire() {
    List<Boolean> locked = new CopyOnWriteArrayList<>();
    CallerMemory.Holder other =
        new CallerMemory.Holder() {
          @Override
          public long held() {
            return MUCH;
          }

          @Override
          public long waited(long now) {
            locked.add(Thread.holdsLock(wire));
            return 1;
          }

          @Override
          public CallerMemory.Standing standing() {
            return CallerMemory.Standing.NOBODY;
          }

          @Override
          public CallerMemory.Owner owner() {
            return new CallerMemory.Owner(this, false);
          }

          @Override
          public boolean going() {
            return false;
          }

          @Override
          public void goAway() {
            locked.add(Thread.holdsLock(wire));
          }
        };
    CallerMemory memory = new CallerMemory(new Budget(2 * Holding.BASE), List.of(other));
    wire.holding = new Holding(memory, false);
    assertEquals(List.of(), locked);
    wire.write(ByteBuffer.allocate(MUCH));
    assertTrue(locked.size() > 1, "the other one was asked, and sent away");
    assertFalse(locked.contains(true));
  }

  @Test
  void anActionRunsIfTheConnectionFailsInstead() throws Exception {
    CountDownLatch ran = new CountDownLatch(1);
    wire.write(ByteBuffer.allocate(MUCH));
    wire.whenWritten(ran::countDown);
    wire.abort();
    assertTrue(ran.await(10, TimeUnit.SECONDS));
  }

  /** Nobody knows what it was in the middle of, and nothing would ever end it. */
  @Test
  void aReaderThatFailsLosesItsConnection() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    wire.reader =
        new Ears(closed::countDown) {
          @Override
          public void read(ByteBuffer in) {
            throw new IllegalStateException("a bug");
          }
        };
    peer.getOutputStream().write(1);
    assertTrue(closed.await(10, TimeUnit.SECONDS));
    assertThrows(SocketException.class, () -> peer.getInputStream().read());
  }

  /** What it sends would be there to be read for ever. */
  @Test
  void aConnectionThatCannotBeAcceptedIsClosed() throws Exception {
    refusesWithError = true;
    try (Socket other = new Socket(peer.getInetAddress(), peer.getPort())) {
      other.setSoTimeout(10_000);
      other.getOutputStream().write(1);
      assertThrows(
          SocketException.class,
          () -> {
            if (other.getInputStream().read() < 0) throw new SocketException("closed");
          });
    }
  }

  /** An action may go on with what is to be dropped at the end, such as the next request. */
  @Test
  void theEndIsToldBeforeTheActionsRun() throws Exception {
    Queue<String> told = new ConcurrentLinkedQueue<>();
    CountDownLatch both = new CountDownLatch(2);
    wire.reader =
        new Ears(
            () -> {
              told.add("closed");
              both.countDown();
            });
    wire.write(ByteBuffer.allocate(MUCH));
    wire.whenWritten(
        () -> {
          told.add("action");
          both.countDown();
        });
    wire.abort();
    assertTrue(both.await(10, TimeUnit.SECONDS));
    assertEquals(List.of("closed", "action"), List.copyOf(told));
  }

  /** Pongs to a client that took none for long; other connections wait for the same thread. */
  @Test
  void manySmallPiecesDoNotGoOutInOneTurn() throws Exception {
    CompletableFuture<NIOConnection> raw = new CompletableFuture<>();
    connections = raw::complete;
    try (Socket other = new Socket(peer.getInetAddress(), peer.getPort())) {
      AtomicInteger over = new AtomicInteger();
      NIOConnection connection = raw.get(10, TimeUnit.SECONDS);
      OutQueue out =
          new OutQueue(connection, (SocketChannel) connection.getChannel(), new Counter(over));
      out.write(ByteBuffer.allocate(MUCH), MUCH, false);
      for (int i = 0; i < PIECES; i++) out.write(ByteBuffer.allocate(1), 1, false);
      Thread reading = new Thread(() -> readAll(other));
      reading.start();
      for (int before = 0; before <= PIECES; before = over.get()) {
        out.writable();
        assertTrue(over.get() - before <= 1000, () -> over + " in one turn");
      }
    }
  }

  private static void readAll(Socket from) {
    try {
      from.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // It was closed, which ends this.
    }
  }

  /** Nobody would ever tell it that its caller is gone. */
  @Test
  void noRequestIsBegunOnAConnectionThatWasCut() throws Exception {
    AtomicInteger begun = new AtomicInteger();
    CountDownLatch handled = new CountDownLatch(1);
    Duration second = Duration.ofSeconds(1);
    wire.reader =
        new CallerConnection(
            wire,
            new ListenerLimits(
                1000,
                10,
                second,
                second,
                second,
                second,
                new ListenerLimits.Crowd(10, 10, 10, List.of(), 1 << 20)),
            new CallerPlaces().take(null, new Shares(1, 1, 1, 1)),
            (connection, exchange) -> {
              begun.incrementAndGet();
              wire.abort();
              wire.tcp.onSelector(handled::countDown);
            });
    String request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    peer.getOutputStream().write((request + request).getBytes(StandardCharsets.US_ASCII));
    assertTrue(handled.await(10, TimeUnit.SECONDS));
    assertEquals(1, begun.get());
  }

  /** A client that has answered and is gone: its answer is worth more than what it should get. */
  @Test
  void whatHasArrivedIsReadThoughNothingCanBeWrittenAnyMore() throws Exception {
    StringBuilder heard = new StringBuilder();
    CountDownLatch closed = new CountDownLatch(1);
    CountDownLatch told = new CountDownLatch(1);
    Ears ears =
        new Ears(closed::countDown) {
          @Override
          public void read(ByteBuffer in) {
            heard.append(StandardCharsets.US_ASCII.decode(in));
          }
        };
    inOneRound(
        () -> {
          wire.reader = ears;
          wire.readsOn();
          try {
            peer.getOutputStream().write("last words".getBytes(StandardCharsets.US_ASCII));
            peer.setSoLinger(true, 0);
            peer.close();
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
          wire.write(bytes("lost"));
          wire.write(bytes("lost"));
          wire.whenWritten(told::countDown);
        });
    assertTrue(told.await(10, TimeUnit.SECONDS));
    assertTrue(closed.await(10, TimeUnit.SECONDS));
    assertEquals("last words", heard.toString());
  }
}
