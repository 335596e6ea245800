package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import wsp.server.RawCaller.Answer;
import wsp.testing.Await;

class DrainTest {
  private static CompletableFuture<Void> drain(RunningServer server) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            server.server.drain();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }

  private static int statusOf(RawCaller c) throws IOException {
    return c.send("GET /status HTTP/1.1\r\nHost: h\r\n\r\n").answer().status();
  }

  @Test
  void whatRunsFinishesAndWhatIsNewIsRefused() throws Exception {
    try (RunningServer server = new RunningServer("grace: 20s")) {
      RawPeer busy = server.peer();
      RawCaller running = server.caller().request("GET", "/");
      busy.request();
      busy.envelope(200, 10).frame(false, 2, new byte[5]);
      assertEquals(200, running.head().status());
      RawPeer idle = server.peer();
      RawCaller before = server.caller();
      assertEquals(200, statusOf(before));

      CompletableFuture<Void> drained = drain(server);
      assertEquals(1001, idle.closedWith());
      assertEquals(503, statusOf(server.caller()));
      Answer refused = before.get("/");
      assertEquals(503, refused.status());
      assertEquals("1", refused.field("Retry-After"));
      Answer register = server.caller().send(RawPeer.handshake()).answer();
      assertEquals(503, register.status());
      assertEquals("1", register.field("Retry-After"));
      assertFalse(drained.isDone());

      busy.frame(true, 0, new byte[5]);
      for (int i = 0; i < 10; i++) assertEquals(0, running.read());
      assertEquals(1001, busy.closedWith());
      drained.get(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void beforeItRefusesAnythingItGivesNoticeOfIt() throws Exception {
    try (RunningServer server = new RunningServer("notice: 2s\nadmin: {port: 0}")) {
      RawPeer idle = server.peer();
      RawCaller status = server.caller();
      RawCaller caller = server.caller().request("GET", "/");
      CompletableFuture<Void> drained = drain(server);
      Await.until("it is known", () -> statusOf(status) == 503);
      assertEquals("the server is shutting down\n", readiness(server));
      idle.request();
      idle.envelope(200, 0).binary(new byte[0]);
      assertEquals(200, caller.answer().status());
      server.peer();
      assertFalse(drained.isDone());
      assertEquals(1001, idle.closedWith());
      drained.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void duringTheNoticeEachAnswerSendsItsCallerToANewConnection() throws Exception {
    try (RunningServer server = new RunningServer("notice: 2s")) {
      RawPeer peer = server.peer();
      RawCaller running = server.caller().request("GET", "/");
      peer.request();
      RawCaller kept = server.caller();
      assertEquals(200, statusOf(kept));
      CompletableFuture<Void> drained = drain(server);
      Await.until("it is known", () -> statusOf(server.caller()) == 503);
      peer.envelope(200, 0).binary(new byte[0]);
      Answer last = running.answer();
      assertEquals(200, last.status());
      assertEquals("close", last.field("Connection"), "it came before the notice");
      kept.request("GET", "/");
      peer.request();
      peer.envelope(200, 0).binary(new byte[0]);
      last = kept.answer();
      assertEquals(200, last.status());
      assertEquals("close", last.field("Connection"));
      assertEquals(-1, kept.read());
      assertEquals(1001, peer.closedWith());
      drained.get(10, TimeUnit.SECONDS);
    }
  }

  private static String readiness(RunningServer server) throws IOException {
    try (RawCaller c = new RawCaller(server.server.admin.port().port())) {
      return c.send("GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n").answer().text();
    }
  }

  @Test
  void theGraceIsSpentOnceEvenIfNobodyReads() throws Exception {
    try (RunningServer server = new RunningServer("grace: 2s")) {
      RawPeer peer = server.peer();
      RawCaller c = server.slowCaller().request("GET", "/");
      peer.request();
      peer.onThread(
          p -> {
            try {
              p.envelope(200, 24 << 20).binary(new byte[24 << 20]);
            } catch (IOException e) {
              // Cut, as expected.
            }
          });
      assertEquals(200, c.head().status());
      long begun = System.nanoTime();
      drain(server).get(10, TimeUnit.SECONDS);
      long took = Await.millisSince(begun);
      assertTrue(took >= 1990 && took < 4000, "it took " + took + " ms");
    }
  }

  @Test
  void whatHasNotFinishedInTimeIsToldOrCut() throws Exception {
    try (RunningServer server = new RunningServer("grace: 200ms")) {
      RawPeer one = server.peer();
      RawCaller waiting = server.caller().request("GET", "/");
      one.request();
      RawCaller unsent = server.caller().request("POST", "/", "Content-Length: 5");
      RawPeer two = server.peer();
      RawCaller cut = server.caller();
      cut.send("GET /request HTTP/1.0\r\nX-PROXY-DESTINATION: http://o.test/\r\n\r\n");
      two.request();
      two.envelope(200, -1).frame(false, 2, new byte[5]);
      assertEquals(200, cut.head().status());
      drain(server).get(5, TimeUnit.SECONDS);
      Answer lost = waiting.answer();
      assertEquals(526, lost.status(), "it may have been executed");
      assertEquals("wsp-server; error=connection_terminated", lost.proxyError());
      Answer refused = unsent.answer();
      assertEquals(503, refused.status(), "it has not been executed");
      assertEquals("wsp-server; error=destination_unavailable", refused.proxyError());
      assertEquals("1", refused.field("Retry-After"));
      assertFalse(cut.answerBody().complete(), "a clean end means that the answer is whole");
      one.closedWith();
      two.closedWith();
    }
  }

  /** Sends of an answer what credit allows, until its slow caller has none to give any more. */
  private static int fillsWindow(LinkPeer peer) throws IOException {
    int credit = 65_536;
    int sent = 0;
    while (credit > 0) {
      for (int n; credit > 0; credit -= n, sent += n) {
        n = Math.min(credit, 16_384);
        peer.send(LinkPeer.DATA, 1, new byte[n]);
      }
      peer.raw.awaitPong();
      for (LinkPeer.Frame f; (f = peer.early()) != null; ) credit += f.number();
    }
    return sent;
  }

  /** It is here, whole; the client has been stopped at the same time, and was the faster one. */
  @Test
  void anAnswerThatHasOutlivedItsLinkFinishes() throws Exception {
    try (RunningServer server = new RunningServer("grace: 20s")) {
      LinkPeer peer = LinkPeer.as("client", server);
      RawCaller slow = server.slowCaller().request("GET", "/");
      peer.request();
      peer.head(1, 200, -1);
      int sent = fillsWindow(peer);
      peer.send(LinkPeer.DATA | LinkPeer.END, 1);
      peer.raw.frame(true, RawPeer.CLOSE, new byte[] {3, (byte) 0xe9});
      server.awaitCounts(0, 0, 0);
      CompletableFuture<Void> drained = drain(server);
      Await.until("it is known", () -> statusOf(server.caller()) == 503);
      Answer answer = slow.answer();
      assertTrue(answer.complete(), "of " + sent + " bytes there are " + answer.body().length);
      assertEquals(sent, answer.body().length);
      drained.get(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void anEmptyServerStopsAtOnce() throws Exception {
    try (RunningServer server = new RunningServer("grace: 20s")) {
      LinkPeer lost = LinkPeer.as("lost", server);
      RawCaller caller = server.caller().request("GET", "/");
      lost.request();
      lost.close();
      assertEquals(526, caller.answer().status());
      server.peer();
      assertEquals(200, statusOf(server.caller()));
      drain(server).get(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void afterItsEndNoThreadIsLeftAndThePortIsFree() throws Exception {
    Set<Thread> others = Thread.getAllStackTraces().keySet();
    int port;
    try (RunningServer server = new RunningServer()) {
      port = server.port();
      server.peer();
      assertEquals(200, statusOf(server.caller()));
    }
    Await.until(
        "its threads have ended",
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .filter(t -> !others.contains(t))
                .noneMatch(t -> t.getName().matches("(wsp|tyrus|grizzly)-.*") && t.isAlive()));
    // Where it has listened: on other addresses the port may be anybody's.
    try (ServerSocket s = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertEquals(port, s.getLocalPort());
    }
  }

  @Test
  void aPortInUseIsOneClearLine() throws Exception {
    try (RunningServer server = new RunningServer()) {
      WspServer second =
          new WspServer(
              ServerConfig.of(wsp.config.ConfigFile.parse("t", "port: " + server.port())));
      IOException e =
          org.junit.jupiter.api.Assertions.assertThrows(IOException.class, second::start);
      assertTrue(e.getMessage().contains("127.0.0.1:" + server.port()), e.getMessage());
      second.close();
    }
  }
}
