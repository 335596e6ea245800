package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import wsp.testing.Await;

/** What the port puts up with, and no longer. Each test has its own server. */
@Execution(ExecutionMode.CONCURRENT)
class LimitsTest {
  private static final String STATUS = "GET /status HTTP/1.1\r\nHost: h\r\n\r\n";

  @Test
  void aHeadThatTakesTooLongIsA408AndASilentConnectionIsClosed() throws Exception {
    try (RunningServer server = new RunningServer("headertimeout: 300ms")) {
      RawCaller slow = server.caller().send("GET /status HT");
      RawCaller silent = server.caller();
      RawCaller dripping = server.caller();
      Thread drip =
          new Thread(
              () -> {
                try {
                  dripping.send("GET /status HTTP/1.1\r\n");
                  while (true) {
                    dripping.send("A: b\r\n");
                    TimeUnit.MILLISECONDS.timedJoin(Thread.currentThread(), 50);
                  }
                } catch (IOException | InterruptedException e) {
                  // Refused, as expected.
                }
              });
      drip.start();
      assertEquals(408, slow.answer().status());
      assertTrue(slow.ended());
      assertTrue(silent.ended());
      assertEquals(408, dripping.answer().status());
      drip.join();
    }
  }

  @Test
  void aCallerThatLeavesWhileItWaitsTakesNobodysPlace() throws Exception {
    try (RunningServer server = new RunningServer("maxwaiting: 1", "timeout: 1h")) {
      RawPeer peer = server.peer();
      RawCaller first = server.caller().request("GET", "/first");
      peer.request();
      for (int i = 0; i < 3; i++) {
        RawCaller leaves = server.caller().request("GET", "/leaves");
        Await.until("it waits", () -> server.server.pools.waiting() == 1);
        leaves.close();
        Await.until("it does not wait any more", () -> server.server.pools.waiting() == 0);
      }
      RawCaller second = server.caller().request("GET", "/second");
      Await.until("it waits", () -> server.server.pools.waiting() == 1);
      peer.reply(200, "1");
      assertEquals("1", first.answer().text());
      assertTrue(peer.request().envelope().url().endsWith("/second"));
      peer.reply(200, "2");
      assertEquals("2", second.answer().text());
    }
  }

  @Test
  void whoStaysAfterTheLastAnswerIsCutAfterAMoment() throws Exception {
    try (RunningServer server = new RunningServer()) {
      RawCaller c = server.caller().send("x\r\n\r\n");
      assertEquals(400, c.answer().status());
      assertTrue(c.ended());
      RawPeer peer = server.stranger().text("malformed");
      assertEquals(1008, peer.closedWith());
      long begun = System.nanoTime();
      c.send("still there?");
      Await.until("both are gone", () -> server.server.listener.connections() == 0);
      assertTrue(Await.millisSince(begun) < 4500);
    }
  }

  @Test
  void anIdleConnectionIsClosed() throws Exception {
    try (RunningServer server =
        new RunningServer("calleridletimeout: 300ms", "headertimeout: 60s")) {
      RawCaller c = server.caller();
      assertEquals("ok", c.send(STATUS).answer().text());
      long begun = System.nanoTime();
      assertTrue(c.ended());
      assertTrue(Await.millisSince(begun) >= 290);
      Await.until("it is forgotten", () -> server.server.listener.connections() == 0);
    }
  }

  @Test
  void aBodyThatStallsIsA408AndCancels() throws Exception {
    try (RunningServer server = new RunningServer("stalltimeout: 300ms")) {
      RawPeer peer = server.peer();
      RawCaller c = server.caller().request("POST", "/", "Content-Length: 10").send("abc");
      assertEquals(408, c.answer().status());
      assertTrue(c.ended());
      assertEquals(1006, peer.closedWith());
      server.peer();
      RawCaller never = server.caller().request("POST", "/", "Content-Length: 10");
      assertEquals(408, never.answer().status());
    }
  }

  @Test
  void aBodyThatGoesOnSlowlyIsNoStall() throws Exception {
    try (RunningServer server = new RunningServer("stalltimeout: 3s")) {
      server.echo();
      RawCaller c = server.caller().request("POST", "/", "Content-Length: 5");
      for (int i = 0; i < 5; i++) {
        long now = System.nanoTime();
        Await.until("a while is over", () -> Await.millisSince(now) > 800);
        c.send("x");
      }
      assertEquals("POST / xxxxx", c.answer().text());
    }
  }

  @Test
  void aCallerThatNeverReadsIsCutAndTheClientCancelled() throws Exception {
    try (RunningServer server = new RunningServer("stalltimeout: 500ms")) {
      RawPeer peer = server.peer();
      RawCaller c = server.slowCaller().request("GET", "/");
      peer.request();
      try {
        peer.envelope(200, -1);
        for (int i = 0; i < 64; i++) peer.frame(false, i == 0 ? 2 : 0, new byte[1 << 20]);
        throw new AssertionError("64 MB were taken");
      } catch (IOException e) {
        // Cut, as expected.
      }
      server.awaitCounts(0, 0, 0);
      Await.until("it is forgotten", () -> server.server.listener.connections() == 0);
      c.close();
    }
  }

  @Test
  void aClientThatNeverReadsIsCutAndTheCallerTold() throws Exception {
    try (RunningServer server = new RunningServer("stalltimeout: 500ms")) {
      server.slowPeer();
      RawCaller c = server.caller();
      Thread sender =
          new Thread(
              () -> {
                try {
                  c.request("POST", "/", "Content-Length: 6000000").send(new byte[6_000_000]);
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      sender.start();
      assertEquals(526, c.answer().status());
      server.awaitCounts(0, 0, 0);
      sender.join();
    }
  }

  @Test
  void aFastCallerIsNotDisturbedByHundredsOfSlowOnes() throws Exception {
    try (RunningServer server = new RunningServer()) {
      for (int i = 0; i < 300; i++) server.caller().send("GET /request HTTP/1.1\r\nHost: h\r\nA:");
      for (int i = 0; i < 200; i++) server.caller().request("POST", "/", "Content-Length: 9");
      RawPeer fast = server.peer().serve((r, p) -> p.reply(200, "fast"));
      RawCaller c = server.caller();
      long begun = System.nanoTime();
      for (int i = 0; i < 100; i++) assertEquals("fast", c.get("/").text());
      assertTrue(Await.millisSince(begun) < 5000, Await.millisSince(begun) + " ms");
      server.awaitCounts(1, 1, 0); // callers who send no body hold no connection
      fast.close();
    }
  }
}
