package wsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wsp.testing.Await;

@Timeout(30)
class ConnectionTest {
  private static byte[] ascii(String s) {
    return s.getBytes(StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @EnumSource
  void whateverAServerDoesCostsThatConnectionOnly(BadServer bad) throws Exception {
    try (ClientFixture fixture = new ClientFixture()) {
      fixture.origin.on("/wait", ScriptedOrigin.Request::awaitGone);
      Peer peer = fixture.healthy();
      CompletableFuture<Void> ran = new CompletableFuture<>();
      FakeServer.start(
          () -> {
            try {
              bad.run(peer, fixture.origin);
            } catch (IOException e) {
              // The client may close before it has read all of it.
            }
            ran.complete(null);
          });
      if (bad != BadServer.RESET) peer.closed();
      fixture.healthy();
      ran.join();
      ScriptedOrigin.Request waiting = fixture.origin.last("/wait");
      if (waiting != null)
        Await.until("the origin's request is cancelled", ClientFixture.CANCEL, () -> waiting.gone);
      for (ScriptedOrigin.Request r : fixture.origin.seen) assertNull(r.field("X"));
    }
  }

  @Test
  void theHandshakeAndTheGreetingAreThoseOfTheProtocol() throws Exception {
    try (ClientFixture fixture =
        new ClientFixture(
            "poolidlesize: 3", "poolmaxsize: 5", "secretkey: Open-Sesame", "wire: 1")) {
      assertEquals("test_3", fixture.server.next().greeting);
      String head = fixture.server.heads.get(0);
      assertTrue(head.startsWith("GET /register HTTP/1.1\r\n"), head);
      assertEquals("Open-Sesame", FakeServer.field(head, "X-SECRET-KEY"));
      assertEquals("13", FakeServer.field(head, "Sec-WebSocket-Version"));
      assertNull(FakeServer.field(head, "Sec-WebSocket-Protocol"));
      assertNull(FakeServer.field(head, "Sec-WebSocket-Extensions"));
    }
  }

  @Test
  void withoutASecretTheFieldIsThereAndEmpty() throws Exception {
    try (ClientFixture fixture = new ClientFixture()) {
      fixture.healthy();
      assertEquals("", FakeServer.field(fixture.server.heads.get(0), "X-SECRET-KEY"));
    }
  }

  @Test
  void aFragmentedEnvelopeWithPingsInBetweenIsFine() throws Exception {
    try (ClientFixture fixture = new ClientFixture()) {
      Peer peer = fixture.healthy();
      byte[] envelope =
          ascii("{\"method\":\"GET\",\"url\":\"" + fixture.origin.url("/ok") + "\",\"x\":1}");
      for (int i = 0; i < envelope.length; i++) {
        peer.frame(
            i == 0 ? Peer.TEXT : Peer.CONTINUATION,
            i == envelope.length - 1,
            new byte[] {envelope[i]});
        if (i % 10 == 0) peer.frame(Peer.PING, true, ascii("p" + i));
      }
      peer.binary(new byte[0]);
      assertEquals(200, peer.answer().head().status());
      assertTrue(peer.pongs > 0);
    }
  }

  @Test
  void aQuietServerIsPingedAndADeadOneIsDropped() throws Exception {
    try (ClientFixture fixture = new ClientFixture("deadpeer: 2s")) {
      Peer peer = fixture.healthy();
      // It answers the pings as long as somebody reads here.
      long end = System.nanoTime() + 3_000_000_000L;
      CompletableFuture<Void> reader = new CompletableFuture<>();
      FakeServer.start(
          () -> {
            try {
              peer.closed();
            } catch (IOException e) {
              // It shows in what follows.
            }
            reader.complete(null);
          });
      Await.until("it is alive", ClientFixture.SOON, () -> System.nanoTime() > end);
      assertTrue(peer.pings >= 3, "pings " + peer.pings);
      assertFalse(reader.isDone(), "dropped although it answers");
      peer.answerPings = false;
      Await.until("it is dropped", ClientFixture.SOON, reader::isDone);
      fixture.healthy();
    }
  }

  @Test
  void aDeadServerIsFoundInMidExchangeToo() throws Exception {
    try (ClientFixture fixture = new ClientFixture("deadpeer: 1s")) {
      fixture.origin.on("/wait", ScriptedOrigin.Request::awaitGone);
      Peer peer = fixture.healthy();
      peer.get(fixture.origin.url("/wait"));
      fixture.awaitRequest("/wait");
      Await.until(
          "the request is cancelled", ClientFixture.SOON, () -> fixture.origin.last("/wait").gone);
    }
  }

  @Test
  void anOriginThatIsSlowToTakeAnUploadDoesNotMakeTheServerLookDead() throws Exception {
    try (ClientFixture fixture = new ClientFixture("deadpeer: 1s")) {
      fixture.origin.on(
          "/slow",
          r -> {
            r.proceed.acquireUninterruptibly();
            r.body();
            r.reply("200 OK", "taken");
          });
      Peer peer = fixture.healthy();
      int size = 20 << 20;
      FakeServer.start(
          () -> {
            try {
              peer.request("POST", fixture.origin.url("/slow"), new byte[size]);
            } catch (IOException e) {
              // It shows in what follows.
            }
          });
      fixture.awaitRequest("/slow");
      long end = System.nanoTime() + 3_000_000_000L;
      Await.until("three times the limit", ClientFixture.SOON, () -> System.nanoTime() > end);
      fixture.origin.last("/slow").proceed.release();
      assertEquals("taken", peer.answer().text());
      assertEquals(size, fixture.origin.last("/slow").bodyBytes);
    }
  }

  @Test
  void aServerThatTakesNothingOfAnAnswerIsDropped() throws Exception {
    try (ClientFixture fixture = new ClientFixture("stalltimeout: 1s")) {
      fixture.origin.on(
          "/flood",
          r -> {
            r.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (true) r.chunk(new byte[60_000], 60_000);
          });
      Peer peer = fixture.healthy();
      peer.get(fixture.origin.url("/flood"));
      fixture.awaitRequest("/flood");
      Await.until(
          "the request is cancelled", ClientFixture.SOON, () -> fixture.origin.last("/flood").gone);
      assertNotNull(fixture.healthy());
    }
  }
}
