package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import wsp.testing.Await;

/** A hop that takes no more stops the one before it, and memory stays flat. */
class BackPressureTest {
  private static final int PIECE = 32 * 1024;
  private static final long TOTAL = 48 << 20;

  /** More than all sockets on the way hold, far less than the total. */
  private static final long STOPPED = 24 << 20;

  @AutoClose private final RunningServer server = new RunningServer();

  /** Until nothing has been sent for a while: the sender is blocked. */
  private static void awaitBlocked(AtomicLong sent) throws Exception {
    long[] seen = {-1, System.nanoTime()};
    Await.until(
        "the sender blocks",
        () -> {
          if (sent.get() != seen[0]) {
            seen[0] = sent.get();
            seen[1] = System.nanoTime();
          }
          return seen[0] > 0 && Await.millisSince(seen[1]) > 300;
        });
  }

  private static byte at(long position) {
    return (byte) (position * 31 + position / 251);
  }

  private static byte[] piece(long from, int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) bytes[i] = at(from + i);
    return bytes;
  }

  @Test
  void aCallerThatDoesNotReadStopsTheClient() throws Exception {
    AtomicLong sent = new AtomicLong();
    server
        .peer()
        .serve(
            (r, p) -> {
              p.envelope(200, TOTAL);
              while (sent.get() < TOTAL) {
                p.frame(
                    sent.get() + PIECE == TOTAL, sent.get() == 0 ? 2 : 0, piece(sent.get(), PIECE));
                sent.addAndGet(PIECE);
              }
            });
    RawCaller c = server.slowCaller();
    c.request("GET", "/");
    assertEquals(200, c.head().status());
    awaitBlocked(sent);
    assertTrue(sent.get() < STOPPED, sent.get() + " bytes went into the memory of somebody");
    for (long i = 0; i < TOTAL; i++) if (c.read() != (at(i) & 0xff)) throw new AssertionError(i);
    server.awaitCounts(1, 1, 0);
  }

  @Test
  void aClientHearsFromTheServerWhileTheCallerReadsNothing() throws Exception {
    server.reload("deadpeer: 1s");
    RawPeer peer = server.peer();
    RawCaller c = server.slowCaller().request("GET", "/");
    peer.requestHead();
    AtomicLong sent = new AtomicLong();
    peer.onThread(
        p -> {
          try {
            p.envelope(200, TOTAL);
            for (; sent.get() < TOTAL; sent.addAndGet(PIECE))
              p.frame(sent.get() + PIECE == TOTAL, sent.get() == 0 ? 2 : 0, new byte[PIECE]);
          } catch (IOException e) {
            // Cut at the end of the test.
          }
        });
    c.head();
    awaitBlocked(sent);
    for (int pings = 0; pings < 4; ) if (peer.next().opcode() == RawPeer.PING) pings++;
    server.awaitCounts(1, 0, 1);
  }

  @Test
  void aClientThatDoesNotReadStopsTheCaller() throws Exception {
    RawPeer peer = server.slowPeer();
    RawCaller c = server.caller();
    c.request("POST", "/", "Content-Length: " + TOTAL);
    AtomicLong sent = new AtomicLong();
    Thread sender =
        new Thread(
            () -> {
              try {
                for (; sent.get() < TOTAL; sent.addAndGet(PIECE)) c.send(piece(sent.get(), PIECE));
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    sender.start();
    awaitBlocked(sent);
    assertTrue(sent.get() < STOPPED, sent.get() + " bytes went into the memory of somebody");
    peer.requestHead();
    long got = 0;
    for (RawPeer.Frame f = peer.nextData(); ; f = peer.nextData()) {
      for (byte b : f.payload()) if (b != at(got++)) throw new AssertionError(got);
      if (f.fin()) break;
    }
    assertEquals(TOTAL, got);
    peer.reply(200, "done");
    assertEquals("done", c.answer().text());
    sender.join();
  }

  @Test
  void aLargeEchoDoesNotStall() throws Exception {
    RawPeer peer = server.peer();
    peer.onThread(
        p -> {
          try {
            p.requestHead();
            p.envelope(200, TOTAL);
            boolean first = true;
            for (RawPeer.Frame f = p.nextData(); ; f = p.nextData()) {
              p.frame(f.fin(), first ? 2 : 0, f.payload());
              first = false;
              if (f.fin()) return;
            }
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
    RawCaller c = server.caller();
    c.request("POST", "/", "Content-Length: " + TOTAL);
    Thread sender =
        new Thread(
            () -> {
              try {
                for (long i = 0; i < TOTAL; i += PIECE) c.send(piece(i, PIECE));
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    sender.start();
    assertEquals(200, c.head().status());
    for (long i = 0; i < TOTAL; i++) if (c.read() != (at(i) & 0xff)) throw new AssertionError(i);
    sender.join();
    server.awaitCounts(1, 1, 0);
  }

  @Test
  void aCallerThatPipelinesAndDoesNotReadIsNotServedFurther() throws Exception {
    RawCaller c = server.slowCaller();
    byte[] requests = "GET /status HTTP/1.1\r\nHost: h\r\n\r\n".repeat(1000).getBytes("US-ASCII");
    AtomicLong sent = new AtomicLong();
    Thread sender =
        new Thread(
            () -> {
              try {
                for (; sent.get() < TOTAL; sent.addAndGet(requests.length)) c.send(requests);
              } catch (IOException e) {
                sent.set(-1);
              }
            });
    sender.start();
    awaitBlocked(sent);
    assertTrue(sent.get() < STOPPED, sent.get() + " bytes of requests were answered into memory");
    for (int i = 0; i < 20_000; i++) assertEquals("ok", c.answer().text());
    c.close();
    sender.join();
  }
}
