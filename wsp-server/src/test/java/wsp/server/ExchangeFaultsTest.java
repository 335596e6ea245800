package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.testing.Await;

/** Callers that leave at every point of an exchange, and bodies that prove bad in their middle. */
class ExchangeFaultsTest {
  /** More than all buffers on the way hold. */
  private static final int LARGE = 24 << 20;

  @AutoClose private final RunningServer server = new RunningServer("timeout: 5000");

  /** How a caller goes. */
  enum Leaving {
    FIN(RawCaller::close),
    RESET(RawCaller::reset);

    private final Way way;

    Leaving(Way way) {
      this.way = way;
    }

    private interface Way {
      void leave(RawCaller c) throws IOException;
    }
  }

  /** The connection is closed within 2 s, and the next request does not get it. */
  private void assertCancelled(RawPeer peer, long since) throws Exception {
    peer.closedWith();
    assertTrue(Await.millisSince(since) < 2000, "after " + Await.millisSince(since) + " ms");
    server.awaitCounts(0, 0, 0);
    server.echo();
    assertEquals("GET /next ", server.caller().get("/next").text());
  }

  @ParameterizedTest
  @EnumSource
  void aCallerThatLeavesWhileWaitingForALeaseTakesNone(Leaving how) throws Exception {
    RawPeer peer = server.peer();
    RawCaller busy = server.caller().request("GET", "/busy");
    peer.request();
    RawCaller waiting = server.caller().request("GET", "/gone");
    Await.until("it waits", () -> server.server.pools.waiting() == 1);
    how.way.leave(waiting);
    Await.until("it has left", () -> server.server.listener.connections() == 2);
    peer.reply(200, "done");
    assertEquals("done", busy.answer().text());
    server.awaitCounts(1, 1, 0);
    peer.serve((r, p) -> p.reply(200, r.envelope().url()));
    assertEquals("http://origin.test/next", server.caller().get("/next").text());
  }

  @ParameterizedTest
  @EnumSource
  void aCallerThatLeavesWhileWaitingForTheHeadCancels(Leaving how) throws Exception {
    RawPeer peer = server.peer();
    RawCaller c = server.caller().request("GET", "/");
    peer.request();
    long left = System.nanoTime();
    how.way.leave(c);
    assertCancelled(peer, left);
  }

  @Test
  void aCallerThatLeavesAfterItHasPipelinedCancelsToo() throws Exception {
    RawPeer peer = server.peer();
    RawCaller c = server.caller().request("GET", "/").request("GET", "/second");
    peer.request();
    long left = System.nanoTime();
    c.close();
    assertCancelled(peer, left);
  }

  @ParameterizedTest
  @EnumSource
  void aCallerThatLeavesInMidDownloadCancels(Leaving how) throws Exception {
    RawPeer peer = server.peer();
    RawCaller c = server.caller().request("GET", "/");
    peer.request();
    peer.envelope(200, -1).frame(false, 2, new byte[1000]);
    c.head();
    c.chunk();
    long left = System.nanoTime();
    how.way.leave(c);
    assertCancelled(peer, left);
  }

  @ParameterizedTest
  @EnumSource
  void aCallerThatLeavesWithADownloadInItsBuffersCancels(Leaving how) throws Exception {
    RawPeer peer = server.peer();
    RawCaller c = server.slowCaller().request("GET", "/");
    peer.request();
    peer.onThread(
        p -> {
          try {
            p.envelope(200, LARGE).frame(false, 2, new byte[LARGE]);
          } catch (IOException e) {
            // Cut, as expected.
          }
        });
    c.head();
    long left = System.nanoTime();
    how.way.leave(c);
    assertCancelled(peer, left);
  }

  @ParameterizedTest
  @EnumSource
  void aCallerThatLeavesInMidUploadCancelsAndTheBodyIsNeverWhole(Leaving how) throws Exception {
    for (String framing : List.of("Content-Length: 10", "Transfer-Encoding: chunked")) {
      RawPeer peer = server.peer();
      RawCaller c = server.caller().request("POST", "/", framing);
      c.send(framing.startsWith("T") ? "3\r\nabc\r\n" : "abc");
      peer.requestHead();
      assertFalse(peer.nextData().fin());
      long left = System.nanoTime();
      how.way.leave(c);
      assertCancelled(peer, left);
      server.close(server.peers());
      server.awaitCounts(0, 0, 0);
    }
  }

  @Test
  void noBodyIsAskedForWhenThereIsNoClient() throws Exception {
    RawCaller c = server.caller();
    c.request("POST", "/", "Content-Length: 5", "Expect: 100-continue");
    assertEquals(526, c.answer().status());
  }

  @Test
  void aCallerThatLeavesAfterAnEarlyAnswerCancelsTheUpload() throws Exception {
    RawPeer peer = server.peer();
    RawCaller c = server.caller().request("POST", "/", "Content-Length: 10").send("abc");
    peer.requestHead();
    peer.nextData();
    peer.reply(413, "no");
    assertEquals("no", c.answer().text());
    long left = System.nanoTime();
    c.close();
    assertCancelled(peer, left);
  }

  @Test
  void aBodyThatProvesBadAfterAnEarlyAnswerCancelsTheUpload() throws Exception {
    RawPeer peer = server.peer();
    RawCaller c = server.caller().request("POST", "/", "Transfer-Encoding: chunked");
    c.send("3\r\nabc\r\n");
    peer.requestHead();
    peer.nextData();
    peer.reply(413, "no");
    assertEquals("no", c.answer().text());
    long sent = System.nanoTime();
    c.send("x\r\n");
    assertTrue(c.ended(), "a second answer");
    assertCancelled(peer, sent);
  }

  @Test
  void aBodyThatProvesBadIsA400AndCancels() throws Exception {
    RawPeer peer = server.peer();
    RawCaller c = server.caller().request("POST", "/", "Transfer-Encoding: chunked");
    c.send("3\r\nabc\r\n");
    peer.requestHead();
    peer.nextData();
    long sent = System.nanoTime();
    c.send("x\r\n");
    assertEquals(400, c.answer().status());
    assertTrue(c.ended());
    assertCancelled(peer, sent);
  }

  @Test
  void aBodyThatProvesBadInMidAnswerCutsThatAnswer() throws Exception {
    RawPeer peer = server.peer();
    RawCaller c = server.caller().request("POST", "/", "Transfer-Encoding: chunked");
    c.send("3\r\nabc\r\n");
    peer.requestHead();
    peer.nextData();
    peer.envelope(200, -1).frame(false, 2, new byte[10]);
    assertEquals(200, c.head().status());
    assertEquals(10, c.chunk().length);
    c.send("x\r\n");
    assertTrue(c.ended(), "something is appended");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void nothingIsLeftWhenAllHaveGone(int peers) throws Exception {
    for (int i = 0; i < peers; i++) {
      RawPeer p = server.peer();
      RawCaller c = server.caller().request("GET", "/");
      p.request();
      if (i % 2 == 0) c.close();
      else p.close();
    }
    server.close(server.peers());
    server.awaitCounts(0, 0, 0);
    Await.until("all are gone", () -> server.server.listener.connections() == 0);
  }
}
