package wsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.client.FakeServer.Door;
import wsp.testing.Await;
import wsp.testing.Ports;

@Timeout(30)
class ConnectionPoolTest {
  private static final long SECOND = 1_000_000_000L;

  private static void pass(long nanos) {
    long end = System.nanoTime() + nanos;
    Await.until("time passes", ClientFixture.SOON, () -> System.nanoTime() > end);
  }

  @Test
  void theIdleSizeIsKeptAndNeverExceeded() throws Exception {
    try (ClientFixture fixture = new ClientFixture("poolidlesize: 4", "poolmaxsize: 6")) {
      fixture.origin.on("/wait", ScriptedOrigin.Request::awaitGone);
      for (int i = 0; i < 4; i++) fixture.server.next();
      pass(2 * SECOND);
      assertEquals(4, fixture.server.heads.size());
    }
  }

  @Test
  void thePoolIsRefilledAtOnceOnUseUpToTheMaximum() throws Exception {
    try (ClientFixture fixture = new ClientFixture("poolidlesize: 2", "poolmaxsize: 5")) {
      fixture.origin.on("/wait", ScriptedOrigin.Request::awaitGone);
      List<Peer> busy = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        Peer peer = fixture.server.next();
        peer.get(fixture.origin.url("/wait"));
        busy.add(peer);
      }
      pass(2 * SECOND);
      assertEquals(5, fixture.server.heads.size());
      busy.get(0).close();
      fixture.works(fixture.server.next());
    }
  }

  @Test
  void aServerThatComesBackIsFoundWithinThreeSeconds() throws Exception {
    int port = Ports.free();
    FakeServer first = new FakeServer(port);
    try (WspClient client = ClientFixture.client(first.url())) {
      client.start();
      first.next();
      first.close();
      pass(3 * SECOND);
      try (FakeServer second = new FakeServer(port)) {
        long back = System.nanoTime();
        second.next();
        assertTrue(System.nanoTime() - back < 3 * SECOND);
      }
    }
  }

  @Test
  void aServerThatIsAwaySeesOneProbeAtATime() throws Exception {
    try (FakeServer server = new FakeServer()) {
      server.door = Door.SLAMMED;
      try (WspClient client = ClientFixture.client(server.url(), "poolidlesize: 50")) {
        client.start();
        pass(3 * SECOND);
        int probes = server.heads.size();
        assertTrue(probes >= 2 && probes < 25, "probes: " + probes);
        server.door = Door.OPEN;
        for (int i = 0; i < 50; i++) server.next();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Door.class,
      names = {"OPEN", "SLAMMED"},
      mode = EnumSource.Mode.EXCLUDE)
  void aRefusalOfAnyKindIsSurvived(Door door) throws Exception {
    try (FakeServer server = new FakeServer()) {
      server.door = door;
      try (WspClient client = ClientFixture.client(server.url())) {
        client.start();
        Await.until("a probe", ClientFixture.SOON, () -> !server.heads.isEmpty());
        server.door = Door.OPEN;
        server.next();
      }
    }
  }

  @Test
  void aServerThatClosesWhatHasJustRegisteredIsLeftAloneMoreAndMore() throws Exception {
    try (FakeServer server = new FakeServer();
        WspClient client = ClientFixture.client(server.url(), "poolidlesize: 5")) {
      client.start();
      Peer wanted = server.next();
      FakeServer.start(
          () -> {
            try {
              while (true) {
                Peer peer = server.next();
                peer.frame(Peer.CLOSE, true, new byte[] {3, (byte) 0xf5});
              }
            } catch (Exception e) {
              // The test is over.
            }
          });
      pass(4 * SECOND);
      int dialled = server.heads.size();
      assertTrue(dialled > 5 && dialled < 40, "dialled " + dialled);
      wanted.close();
    }
  }

  @Test
  void aServerMaySendInterimAnswersFirst() throws Exception {
    try (FakeServer server = new FakeServer()) {
      server.beforeWelcome = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n";
      try (WspClient client = ClientFixture.client(server.url())) {
        client.start();
        server.next();
      }
    }
  }

  /** By a close frame, or without. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aConnectionThatEndsWhileDrainingHasNotBeenRefused(boolean inOrder) throws Exception {
    try (ClientFixture fixture = new ClientFixture()) {
      Peer peer = fixture.server.next();
      CompletableFuture<Void> drained =
          CompletableFuture.runAsync(() -> drain(fixture.client), FakeServer::start);
      assertEquals(1001, peer.closed());
      if (inOrder) peer.frame(Peer.CLOSE, true, new byte[] {3, (byte) 0xe9});
      peer.close();
      drained.get();
      assertEquals(0, fixture.client.counts().get(0).failedDials());
      assertEquals("", fixture.client.counts().get(0).lastFailure());
    }
  }

  private static void drain(WspClient client) {
    try {
      boolean unused = client.drain();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void drainingClosesIdleConnectionsAndLetsBusyOnesFinish() throws Exception {
    try (ClientFixture fixture = new ClientFixture("poolidlesize: 2", "poolmaxsize: 2")) {
      fixture.origin.on(
          "/wait",
          r -> {
            r.proceed.acquireUninterruptibly();
            r.reply("200 OK", "waited");
          });
      Peer busy = fixture.server.next();
      Peer idle = fixture.server.next();
      busy.get(fixture.origin.url("/wait"));
      fixture.awaitRequest("/wait");
      CompletableFuture<Boolean> drained =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return fixture.client.drain();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              },
              FakeServer::start);
      assertEquals(1001, idle.closed());
      idle.close();
      assertFalse(drained.isDone());
      fixture.origin.last("/wait").proceed.release();
      assertEquals("waited", busy.answer().text());
      assertEquals(1001, busy.closed());
      busy.close();
      assertTrue(drained.get());
      assertEquals(2, fixture.server.heads.size(), "nothing is dialled any more");
    }
  }

  @Test
  void aRequestThatCrossesTheCloseFrameIsNotExecuted() throws Exception {
    try (ClientFixture fixture = new ClientFixture()) {
      Peer peer = fixture.healthy();
      FakeServer.start(
          () -> {
            try {
              fixture.client.drain();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
      assertEquals(1001, peer.closed());
      try {
        peer.get(fixture.origin.url("/late"));
      } catch (IOException e) {
        // It may have closed by now.
      }
      peer.close();
      pass(SECOND / 2);
      assertEquals(null, fixture.origin.last("/late"));
    }
  }

  @Test
  void theGraceTimeEndsADrain() throws Exception {
    try (ClientFixture fixture = new ClientFixture("grace: 500ms")) {
      fixture.origin.on("/wait", ScriptedOrigin.Request::awaitGone);
      Peer peer = fixture.healthy();
      peer.get(fixture.origin.url("/wait"));
      fixture.awaitRequest("/wait");
      assertFalse(fixture.client.drain());
      fixture.client.close();
      fixture.awaitCancel("/wait");
    }
  }
}
