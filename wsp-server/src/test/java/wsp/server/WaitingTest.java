package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import wsp.server.RawCaller.Answer;
import wsp.server.pool.PoolCounts;
import wsp.testing.Await;
import wsp.testing.Frames;

/** What takes its time: waiters, evictions, the dead. Each test has its own server. */
@Execution(ExecutionMode.CONCURRENT)
class WaitingTest {
  @Test
  void everyWaiterGetsIts526AtItsOwnTimeout() throws Exception {
    try (RunningServer server = new RunningServer("timeout: 600")) {
      server.peer();
      RawCaller busy = server.caller().request("GET", "/busy");
      server.awaitCounts(1, 0, 1);
      List<RawCaller> callers = new ArrayList<>();
      List<Long> begun = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        long now = System.nanoTime();
        if (i > 0) Await.until("100 ms are over", () -> Await.millisSince(now) > 100);
        begun.add(System.nanoTime());
        callers.add(server.caller().request("GET", "/" + i));
      }
      for (int i = 0; i < 5; i++) {
        Answer a = callers.get(i).answer();
        long waited = Await.millisSince(begun.get(i));
        assertEquals(526, a.status());
        assertEquals("Unable to get a proxy connection", a.firstLine());
        assertEquals("wsp-server; error=connection_limit_reached", a.proxyError());
        assertTrue(waited >= 590 && waited < 5000, "after " + waited + " ms");
      }
      busy.close();
    }
  }

  @Test
  void waitersAreServedInOrderByTheNextConnection() throws Exception {
    try (RunningServer server = new RunningServer("timeout: 8000")) {
      RawPeer peer = server.peer();
      List<RawCaller> callers = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        int waiting = i;
        callers.add(server.caller().request("GET", "/" + i));
        if (i > 0) Await.until("it waits", () -> server.server.pools.waiting() == waiting);
        else server.awaitCounts(1, 0, 1);
      }
      peer.serve((r, p) -> p.reply(200, r.envelope().url()));
      for (int i = 0; i < 5; i++)
        assertEquals("http://origin.test/" + i, callers.get(i).answer().text());
    }
  }

  @Test
  void aRequestWaitsWithItsBodyAndIsServedByAConnectionThatComes() throws Exception {
    try (RunningServer server = new RunningServer("timeout: 8000")) {
      server.peer();
      RawCaller busy = server.caller().request("GET", "/busy");
      server.awaitCounts(1, 0, 1);
      byte[] body = new byte[3_000_000];
      RawCaller c = server.caller();
      Thread sender =
          new Thread(
              () -> {
                try {
                  c.request("POST", "/", "Content-Length: " + body.length).send(body);
                } catch (Exception e) {
                  throw new AssertionError(e);
                }
              });
      sender.start();
      Await.until("it waits", () -> server.server.pools.waiting() == 1);
      server.peer("other_1").serve((r, p) -> p.reply(200, "" + r.body().length));
      assertEquals("3000000", c.answer().text());
      sender.join();
      busy.close();
    }
  }

  @Test
  void withoutAnyClientNobodyWaits() throws Exception {
    try (RunningServer server = new RunningServer("timeout: 8000")) {
      long begun = System.nanoTime();
      Answer a = server.caller().get("/");
      assertTrue(Await.millisSince(begun) < 6000);
      assertEquals("No proxy available", a.firstLine());
      assertEquals("wsp-server; error=destination_unavailable", a.proxyError());
    }
  }

  @Test
  void onlySoManyWait() throws Exception {
    try (RunningServer server = new RunningServer("timeout: 8000", "maxwaiting: 1")) {
      server.peer();
      RawCaller busy = server.caller().request("GET", "/busy");
      server.awaitCounts(1, 0, 1);
      RawCaller waiting = server.caller().request("GET", "/");
      Await.until("it waits", () -> server.server.pools.waiting() == 1);
      assertEquals(526, server.caller().get("/").status());
      waiting.close();
      busy.close();
    }
  }

  @Test
  void surplusConnectionsAreEvictedAfterTheIdleTimeout() throws Exception {
    try (RunningServer server = new RunningServer("idletimeout: 500")) {
      List<RawPeer> peers = new ArrayList<>();
      for (int i = 0; i < 4; i++) peers.add(server.peer("client_2"));
      assertEquals(4, server.server.pools.counts().idle());
      server.awaitCounts(1, 2, 0);
      assertEquals(1000, peers.get(0).closedWith());
      assertEquals(1000, peers.get(1).closedWith());
      peers.get(2).awaitPong();
      peers.get(3).awaitPong();
    }
  }

  @Test
  void whoDoesNotAnswerPingsIsDroppedIdleOrBusyAndOthersLiveOn() throws Exception {
    try (RunningServer server = new RunningServer("deadpeer: 1s")) {
      RawPeer idle = server.peer("idle_1");
      RawPeer busy = server.peer("busy_1");
      RawCaller one = server.caller().request("GET", "/");
      RawCaller two = server.caller().request("GET", "/");
      server.awaitCounts(2, 0, 2);
      RawPeer silent = server.peer("silent_1");
      RawPeer pinging = server.peer("pinging_1");
      RawPeer answering = server.peer("answering_1");
      answering.onThread(
          p -> {
            try {
              while (true) p.nextData();
            } catch (Exception e) {
              // Closed at the end.
            }
          });
      Await.until(
          "only two live on",
          () -> {
            pinging.frame(true, RawPeer.PING, new byte[0]);
            return server.server.pools.counts().equals(new PoolCounts(2, 2, 0));
          });
      assertEquals(526, one.answer().status());
      assertEquals(526, two.answer().status());
      for (RawPeer dead : List.of(idle, busy, silent)) assertEquals(1006, dead.closedWith());
    }
  }

  @Test
  void aConnectionThatIsNotReadFromBecauseItsCallerDoesNotReadIsNotDropped() throws Exception {
    try (RunningServer server = new RunningServer("deadpeer: 1s")) {
      int size = 24 << 20;
      // Made before the peer is there: one that is busy with it would be silent, and be dropped.
      byte[] answer = Frames.masked(true, RawPeer.BINARY, new byte[size], 0x5a17c3e9);
      RawPeer peer = server.peer();
      peer.onThread(
          p -> {
            try {
              p.requestHead();
              p.body();
              p.envelope(200, size).raw(answer);
              p.nextData();
            } catch (Exception e) {
              // Closed at the end.
            }
          });
      RawCaller c = server.slowCaller().request("GET", "/");
      long begun = System.nanoTime();
      assertEquals(200, c.head().status());
      Await.until("several sweeps are over", () -> Await.millisSince(begun) > 4300);
      for (int i = 0; i < size; i++) if (c.read() < 0) throw new AssertionError("cut at " + i);
    }
  }
}
