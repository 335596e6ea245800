package wsp.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
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
import java.util.function.Consumer;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.grizzly.nio.transport.TCPNIOServerConnection;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.nio.transport.TCPNIOTransportBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import wsp.limit.Budget;

/** A connection whose other end reads when the test says so. */
class WireTest {
  /** More than the sockets hold between them. */
  private static final int MUCH = 32 << 20;

  private static final int PIECES = 10_000;

  private volatile CompletableFuture<Wire> accepted = new CompletableFuture<>();
  private TCPNIOTransport transport;
  private Socket peer;
  private Wire wire;
  private volatile Consumer<NIOConnection> connections = c -> {};
  private volatile boolean refusesWithError;
  private volatile @Nullable Tls tls;

  @BeforeEach
  void open() throws Exception {
    PortProcessor processor =
        new PortProcessor(
            c -> {
              if (refusesWithError) throw new IllegalStateException("no wire for this one");
              connections.accept((NIOConnection) c);
              SocketChannel channel = (SocketChannel) ((NIOConnection) c).getChannel();
              Wire made = new Wire(c, channel, tls);
              accepted.complete(made);
              return made;
            });
    transport =
        TCPNIOTransportBuilder.newInstance()
            .setIOStrategy(new PortStrategy(processor, e -> {}))
            .build();
    transport.setSelectorHandler(new RoundEnd());
    transport.setProcessor(processor);
    transport.start();
    TCPNIOServerConnection listening =
        transport.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    InetSocketAddress address = (InetSocketAddress) listening.getLocalAddress();
    peer = new Socket(address.getAddress(), address.getPort());
    peer.setSoTimeout(10_000);
    wire = accepted.get(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() throws IOException {
    peer.close();
    transport.shutdownNow();
  }

  private void read(int bytes) throws IOException {
    new DataInputStream(peer.getInputStream()).skipNBytes(bytes);
  }

  @Test
  void an_action_runs_at_once_if_nothing_waits() {
    CountDownLatch ran = new CountDownLatch(1);
    wire.whenWritten(ran::countDown);
    assertEquals(0, ran.getCount());
  }

  /** Two ends that keep each other busy would otherwise get past every limit. */
  @Test
  void an_action_that_writes_again_holds_back_the_next_one() throws Exception {
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
  void others_are_asked_to_give_way_outside_the_lock_of_the_wire() {
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
          public boolean going() {
            return false;
          }

          @Override
          public void goAway() {
            locked.add(Thread.holdsLock(wire));
          }
        };
    CallerMemory memory = new CallerMemory(new Budget(2 * Holding.BASE), List.of(other));
    wire.countAt(new Holding(memory, false));
    assertEquals(List.of(), locked);
    wire.write(ByteBuffer.allocate(MUCH));
    assertTrue(locked.size() > 1, "the other one was asked, and sent away");
    assertFalse(locked.contains(true));
  }

  @Test
  void an_action_runs_if_the_connection_fails_instead() throws Exception {
    CountDownLatch ran = new CountDownLatch(1);
    wire.write(ByteBuffer.allocate(MUCH));
    wire.whenWritten(ran::countDown);
    wire.abort();
    assertTrue(ran.await(10, TimeUnit.SECONDS));
  }

  /** Nobody knows what it was in the middle of, and nothing would ever end it. */
  @Test
  void a_reader_that_fails_loses_its_connection() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    wire.serve(
        new Ears(closed::countDown) {
          @Override
          public void read(ByteBuffer in) {
            throw new IllegalStateException("a bug");
          }
        });
    peer.getOutputStream().write(1);
    assertTrue(closed.await(10, TimeUnit.SECONDS));
    assertThrows(SocketException.class, () -> peer.getInputStream().read());
  }

  /** What it sends would be there to be read for ever. */
  @Test
  void a_connection_that_cannot_be_accepted_is_closed() throws Exception {
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
  void the_end_is_told_before_the_actions_run() throws Exception {
    Queue<String> told = new ConcurrentLinkedQueue<>();
    CountDownLatch both = new CountDownLatch(2);
    wire.serve(
        new Ears(
            () -> {
              told.add("closed");
              both.countDown();
            }));
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
  void many_small_pieces_do_not_go_out_in_one_turn() throws Exception {
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

  private record Counter(AtomicInteger count) implements OutQueue.Listener {
    @Override
    public void over(ByteBuffer data, int counted) {
      count.incrementAndGet();
    }
  }

  /** Nobody would ever tell it that its caller is gone. */
  @Test
  void no_request_is_begun_on_a_connection_that_was_cut() throws Exception {
    AtomicInteger begun = new AtomicInteger();
    CountDownLatch closed = new CountDownLatch(1);
    Duration second = Duration.ofSeconds(1);
    wire.serve(
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
              connection.wire().abort();
            },
            connection -> wire.tcp().onSelector(closed::countDown)));
    String request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    peer.getOutputStream().write((request + request).getBytes(StandardCharsets.US_ASCII));
    assertTrue(closed.await(10, TimeUnit.SECONDS));
    assertEquals(1, begun.get());
  }

  /** Without them the other end takes what it has got for cut. */
  @Test
  void the_last_words_of_tls_go_out_before_the_end() throws Exception {
    assertGoesOutBeforeTheEnd(w -> w.closing().gently());
  }

  /** It sends no more, and may read all the same, as without TLS. */
  @Test
  void what_waits_goes_out_to_one_that_has_said_goodbye_over_tls() throws Exception {
    assertGoesOutBeforeTheEnd(w -> w.closing().answered());
  }

  private void assertGoesOutBeforeTheEnd(Consumer<Wire> end) throws Exception {
    int records = MUCH / LastWordsEngine.BYTES;
    tls = new Tls(new LastWordsEngine(records));
    accepted = new CompletableFuture<>();
    try (Socket other = new Socket(peer.getInetAddress(), peer.getPort())) {
      other.setSoTimeout(10_000);
      end.accept(accepted.get(10, TimeUnit.SECONDS));
      long words = other.getInputStream().transferTo(OutputStream.nullOutputStream());
      assertEquals((long) records * LastWordsEngine.BYTES, words);
    }
  }

  /** It alone ends what the connection is watched for: others would undo what it does meanwhile. */
  @Test
  void the_selector_thread_ends_the_reading_whoever_sends_over_tls_at_that_moment()
      throws Exception {
    Tls sealed = new Tls(new LastWordsEngine(0));
    tls = sealed;
    CompletableFuture<NIOConnection> raw = new CompletableFuture<>();
    connections = raw::complete;
    accepted = new CompletableFuture<>();
    CountDownLatch sends = new CountDownLatch(1);
    CountDownLatch sent = new CountDownLatch(1);
    Thread sender =
        new Thread(
            () ->
                sealed.close(
                    () -> {
                      sends.countDown();
                      await(sent);
                    }));
    try (Socket other = new Socket(peer.getInetAddress(), peer.getPort())) {
      CompletableFuture<Integer> watched = new CompletableFuture<>();
      Wire made = accepted.get(10, TimeUnit.SECONDS);
      made.serve(
          new Ears(() -> {}) {
            @Override
            public void read(ByteBuffer in) {
              made.closing().answered();
              watched.complete(raw.join().getSelectionKey().interestOps());
            }
          });
      sender.start();
      assertTrue(sends.await(10, TimeUnit.SECONDS));
      other.getOutputStream().write(1);
      assertEquals(0, watched.get(10, TimeUnit.SECONDS) & SelectionKey.OP_READ);
    } finally {
      sent.countDown();
      sender.join();
    }
  }

  @Test
  void an_action_that_fails_does_not_stop_what_tls_sends() {
    Tls sealed = new Tls(new LastWordsEngine(0));
    Runnable bug =
        () -> {
          throw new IllegalStateException("a bug");
        };
    assertThrows(IllegalStateException.class, () -> sealed.close(bug));
    CountDownLatch ran = new CountDownLatch(1);
    sealed.close(ran::countDown);
    assertEquals(0, ran.getCount());
  }

  /** Nobody else may come, and who waits for them would wait for ever. */
  @Test
  void nor_does_it_stop_what_was_queued_behind_it_already() {
    Tls sealed = new Tls(new LastWordsEngine(0));
    CountDownLatch ran = new CountDownLatch(1);
    Runnable bug =
        () -> {
          sealed.close(ran::countDown);
          assertEquals(1, ran.getCount(), "it comes after this");
          throw new IllegalStateException("a bug");
        };
    assertThrows(IllegalStateException.class, () -> sealed.close(bug));
    assertEquals(0, ran.getCount());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(10, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Runs on the selector thread of the wire, in one round of events. */
  private void inOneRound(Runnable task) throws Exception {
    CompletableFuture<Void> done = new CompletableFuture<>();
    wire.tcp()
        .onSelector(
            () -> {
              try {
                task.run();
                done.complete(null);
              } catch (RuntimeException | Error e) {
                done.completeExceptionally(e);
              }
            });
    done.get(10, TimeUnit.SECONDS);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  private String readText(int bytes) throws IOException {
    return new String(peer.getInputStream().readNBytes(bytes), StandardCharsets.US_ASCII);
  }

  @Test
  void the_last_bytes_of_a_message_go_out_at_the_end_of_the_round() throws Exception {
    AtomicInteger pending = new AtomicInteger();
    // A thread that has just begun has had no round yet.
    for (int i = 0; i < 100 && pending.get() == 0; i++) {
      inOneRound(
          () -> {
            wire.writeLast(bytes("last"));
            pending.set(wire.pending());
            assertFalse(wire.congested(), "nothing holds them up");
          });
      assertEquals("last", readText(4));
    }
    assertEquals(4, pending.get(), "they waited");
  }

  @Test
  void what_does_not_wait_goes_out_behind_what_does() throws Exception {
    inOneRound(
        () -> {
          wire.writeLast(bytes("first,"));
          wire.write(bytes("second,"));
          wire.writeLast(bytes("third"));
        });
    assertEquals("first,second,third", readText(18));
  }

  @Test
  void what_comes_from_another_thread_does_not_wait() {
    wire.writeLast(bytes("now"));
    assertEquals(0, wire.pending());
  }

  @Test
  void a_large_piece_does_not_wait() throws Exception {
    AtomicInteger pending = new AtomicInteger(-1);
    inOneRound(
        () -> {
          wire.writeLast(ByteBuffer.allocate(16 * 1024));
          pending.set(wire.pending());
        });
    assertEquals(0, pending.get());
  }

  /** A caller can ask for as many small answers as fit into one read, and take none of them. */
  @Test
  void small_pieces_do_not_gather_where_nobody_reads() throws Exception {
    AtomicInteger most = new AtomicInteger();
    inOneRound(
        () -> {
          for (int i = 0; i < PIECES && !wire.congested(); i++) {
            wire.writeLast(ByteBuffer.allocate(1024));
            most.accumulateAndGet(wire.pending(), Math::max);
          }
        });
    assertTrue(most.get() <= 16 * 1024, () -> most + " bytes waited");
  }

  /** The thread whose round it is may have much to do before its end. */
  @Test
  void what_may_not_wait_takes_along_what_was_put_off() throws Exception {
    AtomicInteger pending = new AtomicInteger(-1);
    inOneRound(
        () -> {
          wire.writeLast(bytes("first,"));
          wire.write(bytes("second"));
          pending.set(wire.pending());
        });
    assertEquals("first,second", readText(12));
    assertEquals(0, pending.get());
  }

  @Test
  void what_waits_is_sent_before_the_end_of_the_connection() throws Exception {
    inOneRound(
        () -> {
          wire.writeLast(bytes("words"));
          wire.closing().gently();
        });
    assertEquals("words", readText(100));
  }

  @Test
  void what_waits_for_bytes_that_are_dropped_is_told_all_the_same() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    inOneRound(
        () -> {
          wire.writeLast(bytes("lost"));
          wire.whenWritten(told::countDown);
          assertEquals(1, told.getCount());
          wire.abort();
        });
    assertTrue(told.await(10, TimeUnit.SECONDS));
  }

  /** A client that has answered and is gone: its answer is worth more than what it should get. */
  @Test
  void what_has_arrived_is_read_though_nothing_can_be_written_any_more() throws Exception {
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
          wire.serve(ears);
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

  /** Their bytes stay here for as long as the round takes. */
  @Test
  void only_so_many_wait_for_the_end_of_a_round() throws Exception {
    CompletableFuture<NIOConnection> raw = new CompletableFuture<>();
    connections = raw::complete;
    try (Socket other = new Socket(peer.getInetAddress(), peer.getPort())) {
      NIOConnection connection = raw.get(10, TimeUnit.SECONDS);
      SocketChannel channel = (SocketChannel) connection.getChannel();
      AtomicInteger over = new AtomicInteger();
      AtomicInteger atOnce = new AtomicInteger();
      inOneRound(
          () -> {
            // A queue each: the pieces of one connection wait once.
            for (int i = 0; i < 1000; i++)
              new OutQueue(connection, channel, new Counter(over)).write(bytes("x"), 1, true);
            atOnce.set(over.get());
          });
      assertEquals(1000, other.getInputStream().readNBytes(1000).length);
      assertTrue(atOnce.get() > 500 && atOnce.get() < 1000, atOnce + " did not wait");
    }
  }

  /** What belongs to one connection must not cost another one its place. */
  @Test
  void an_action_that_fails_at_the_end_of_a_round_costs_its_own_connection_only() throws Exception {
    CountDownLatch second = new CountDownLatch(1);
    Wire failing = wire;
    accepted = new CompletableFuture<>();
    try (Socket other = new Socket(peer.getInetAddress(), peer.getPort())) {
      other.setSoTimeout(10_000);
      Wire healthy = accepted.get(10, TimeUnit.SECONDS);
      inOneRound(
          () -> {
            failing.writeLast(bytes("x"));
            failing.whenWritten(
                () -> {
                  throw new IllegalStateException("a bug");
                });
            healthy.writeLast(bytes("healthy"));
            healthy.whenWritten(second::countDown);
          });
      assertTrue(second.await(10, TimeUnit.SECONDS));
      assertEquals(
          "healthy", new String(other.getInputStream().readNBytes(7), StandardCharsets.US_ASCII));
      assertTrue(healthy.isOpen());
      assertThrows(
          IOException.class,
          () -> {
            read(1);
            read(1);
          });
    }
  }

  /** Hears nothing but the end. */
  private static class Ears implements Wire.Reader {
    private final Runnable onClosed;

    Ears(Runnable onClosed) {
      this.onClosed = onClosed;
    }

    @Override
    public void read(ByteBuffer in) {}

    @Override
    public void closed() {
      onClosed.run();
    }

    @Override
    public void sweep(long now) {}
  }
}
