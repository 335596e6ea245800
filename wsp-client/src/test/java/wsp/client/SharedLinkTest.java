package wsp.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.testing.Await;

/** A client and a scripted server that speak version 2: many exchanges on one link. */
@Timeout(60)
class SharedLinkTest {
  private FakeServer server;
  private ScriptedOrigin origin;
  private WspClient client;
  private FramePeer peer;

  @BeforeEach
  void open() throws Exception {
    server = new FakeServer();
    server.welcomeLines = FramePeer.WELCOME;
    origin = new ScriptedOrigin();
    origin.on("/wait", ScriptedOrigin.Request::awaitGone);
    client = ClientFixture.client(server.url(), "wire: auto");
    client.start();
    peer = new FramePeer(server.next());
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    server.close();
    origin.close();
  }

  private static byte[] bytes(int n) {
    byte[] bytes = new byte[n];
    new Random(n).nextBytes(bytes);
    return bytes;
  }

  private void works() throws IOException {
    FramePeer.Answer a =
        peer.await(peer.post(origin.url("/ok"), "fine".getBytes(StandardCharsets.US_ASCII)));
    assertEquals(200, a.head.status());
    assertEquals("fine", a.text());
  }

  @Test
  void theOfferHasTheSubprotocolAndTheNumbers() {
    String head = server.heads.get(0);
    assertEquals("wsp.2", FakeServer.field(head, "Sec-WebSocket-Protocol"));
    assertEquals("1000", FakeServer.field(head, "X-PROXY-STREAMS"));
    assertEquals("65536", FakeServer.field(head, "X-PROXY-WINDOW"));
    assertEquals("65536", FakeServer.field(head, "X-PROXY-FRAME"));
    assertEquals("test_1", peer.peer.greeting);
  }

  @Test
  void aRequestIsAnswered() throws Exception {
    works();
    works();
  }

  @ParameterizedTest
  @CsvSource({"h2c, 0", "TLS/1.3, 0", "a/b/c, 0", "'a, b', 0", "'', 0", "websocket, 5"})
  void anUpgradeThatCannotBeIsRefusedBeforeAnyEndComes(String protocol, long length)
      throws Exception {
    int id = peer.open("GET", origin.url("/ok"), length, false, "Upgrade", protocol);
    FramePeer.Answer a = peer.await(id);
    assertEquals(527, a.head.status());
    assertTrue(a.text().contains(": Upgrade names no protocol that the client"), a.text());
    assertEquals(List.of(), origin.seen, "nothing of it may reach the origin");
    peer.frame(FramePeer.DATA | FramePeer.END, id, new byte[(int) length]);
    works();
  }

  @Test
  void requestsAreUnderWayTogetherAndAreAnsweredInAnyOrder() throws Exception {
    origin.on(
        "/slow",
        r -> {
          r.proceed.acquireUninterruptibly();
          r.reply("200 OK", "slow");
        });
    List<Integer> slow = new ArrayList<>();
    for (int i = 0; i < 20; i++) slow.add(peer.get(origin.url("/slow")));
    works();
    Await.until("all have arrived", ClientFixture.SOON, () -> origin.seen.size() == 21);
    assertEquals(20, client.counts().get(0).streams());
    origin.seen.forEach(r -> r.proceed.release());
    for (int id : slow) assertEquals("slow", peer.await(id).text());
    Await.until("all are over", ClientFixture.SOON, () -> client.counts().get(0).streams() == 0);
    assertEquals(1, server.heads.size(), "one connection carries them all");
  }

  @Test
  void aLongAnswerWaitsForCreditAndHoldsUpNobody() throws Exception {
    byte[] long1 = bytes(1 << 20);
    origin.on(
        "/long",
        r -> {
          r.write("HTTP/1.1 200 OK\r\nContent-Length: " + long1.length + "\r\n\r\n");
          r.out.write(long1);
        });
    int id = peer.get(origin.url("/long"));
    FramePeer.Answer a = peer.answer(id);
    while (a.body.size() < 65_536) peer.next();
    works();
    assertEquals(65_536, a.body.size(), "no more than the window");
    peer.number(FramePeer.CREDIT, id, 2 << 20);
    assertArrayEquals(long1, peer.await(id).body.toByteArray());
  }

  @Test
  void aLongRequestGetsCreditAsTheOriginTakesIt() throws Exception {
    byte[] body = bytes(300_000);
    origin.on(
        "/count",
        r -> {
          byte[] all = r.in.readNBytes(body.length);
          r.reply("200 OK", String.valueOf(java.util.Arrays.equals(all, body)));
        });
    int id = peer.open("POST", origin.url("/count"), body.length, false);
    for (int at = 0; at < body.length; at += 10_000) {
      while (at + 10_000 > 65_536 + peer.credit) peer.next();
      boolean last = at + 10_000 >= body.length;
      peer.frame(
          FramePeer.DATA | (last ? FramePeer.END : 0),
          id,
          java.util.Arrays.copyOfRange(body, at, Math.min(body.length, at + 10_000)));
    }
    assertEquals("true", peer.await(id).text());
  }

  @Test
  void anOriginThatTakesNothingGetsNoCreditAndHoldsUpNobody() throws Exception {
    origin.on("/deaf", r -> r.proceed.acquireUninterruptibly());
    int total = 64 << 20;
    int id = peer.open("POST", origin.url("/deaf"), total, false);
    long sent = 0;
    long before = -1;
    // What the sockets between take is not endless.
    while (sent != before) {
      before = sent;
      while (sent + 16_384 <= 65_536 + peer.credit) {
        peer.frame(FramePeer.DATA, id, new byte[16_384]);
        sent += 16_384;
      }
      works();
      works();
    }
    assertTrue(sent < total, "it took " + sent);
    peer.frame(FramePeer.RESET, id, new byte[] {0});
    works();
  }

  @Test
  void aResetCancelsAtTheOriginAndLeavesTheLinkAlone() throws Exception {
    int id = peer.get(origin.url("/wait"));
    Await.until("it arrives", ClientFixture.SOON, () -> origin.last("/wait") != null);
    peer.frame(FramePeer.RESET, id, new byte[] {0});
    Await.until("it is cancelled", ClientFixture.CANCEL, () -> origin.last("/wait").gone);
    works();
    assertEquals(1, server.heads.size());
  }

  @Test
  void anAnswerThatBreaksOffAtTheOriginCostsItsStreamAlone() throws Exception {
    int id = peer.get(origin.url("/cut/length"));
    Await.until("it arrives", ClientFixture.SOON, () -> origin.last("/cut/length") != null);
    while (peer.answer(id).body.size() < 5) peer.next();
    origin.last("/cut/length").proceed.release();
    FramePeer.Answer a = peer.await(id);
    assertEquals(2, a.reset, "failed: the origin broke off");
    assertFalse(a.whole);
    works();
  }

  @Test
  void aBodyOfAnotherLengthThanAnnouncedCostsItsStreamAlone() throws Exception {
    int id = peer.open("POST", origin.url("/ok"), 10, false);
    peer.frame(FramePeer.DATA | FramePeer.END, id, new byte[3]);
    assertEquals(3, peer.await(id).reset, "limit");
    works();
  }

  @Test
  void beyondTheStreamsThatWereToldARequestIsRefused() throws Exception {
    client.close();
    client = ClientFixture.client(server.url(), "wire: auto", "maxexchanges: 3");
    client.start();
    peer = new FramePeer(server.next());
    for (int i = 0; i < 3; i++) peer.get(origin.url("/wait"));
    assertEquals(1, peer.await(peer.get(origin.url("/ok"))).reset, "refused");
    peer.frame(FramePeer.RESET, 1, new byte[] {0});
    works();
  }

  @Test
  void aRequestThatTheServerSendsWronglyLeavesItsMemory() throws Exception {
    client.close();
    client = ClientFixture.client(server.url(), "wire: auto", "envelopememory: 128k");
    client.start();
    peer = new FramePeer(server.next());
    String[] long1 = {"X-Long", "x".repeat(12_000)};
    for (int i = 0; i < 5; i++) {
      int id = peer.open("POST", origin.url("/ok"), 5, false, long1);
      peer.frame(FramePeer.DATA | FramePeer.END, id, new byte[3]);
      assertEquals(3, peer.await(id).reset, "it breaks a rule");
    }
    assertEquals(200, peer.await(peer.get(origin.url("/ok"), long1)).head.status());
  }

  @Test
  void aDrainFinishesWhatRunsAndExecutesNothingThatCrossesIt() throws Exception {
    origin.on(
        "/slow",
        r -> {
          r.proceed.acquireUninterruptibly();
          r.reply("200 OK", "slow");
        });
    int id = peer.get(origin.url("/slow"));
    Await.until("it arrives", ClientFixture.SOON, () -> origin.last("/slow") != null);
    CompletableFuture<Boolean> drained =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return client.drain();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            },
            FakeServer::start);
    assertEquals(id, peer.awaitDrain(), "the last one that is served");
    peer.get(origin.url("/late"));
    origin.last("/slow").proceed.release();
    assertEquals("slow", peer.await(id).text());
    assertEquals(1001, peer.peer.closed());
    peer.peer.close();
    assertTrue(drained.get());
    assertEquals(null, origin.last("/late"));
  }

  @Test
  void aLostLinkCancelsAllItCarriedAndIsReplaced() throws Exception {
    for (int i = 0; i < 5; i++) peer.get(origin.url("/wait"));
    Await.until("all have arrived", ClientFixture.SOON, () -> origin.seen.size() == 5);
    peer.peer.close();
    Await.until(
        "all are cancelled",
        ClientFixture.CANCEL,
        () -> origin.seen.stream().allMatch(r -> r.gone));
    peer = new FramePeer(server.next());
    works();
  }

  @Test
  void aServerThatDrainsIsReplacedWhileWhatRunsIsFinished() throws Exception {
    client.close();
    client = ClientFixture.client(server.url(), "wire: auto", "poolidlesize: 2", "poolmaxsize: 3");
    client.start();
    peer = new FramePeer(server.next());
    FramePeer other = new FramePeer(server.next());
    int id = peer.get(origin.url("/wait"));
    Await.until("it arrives", ClientFixture.SOON, () -> origin.last("/wait") != null);
    peer.number(FramePeer.DRAIN, 0, 0);
    FramePeer replacement = new FramePeer(server.next());
    assertFalse(origin.last("/wait").gone);
    peer.frame(FramePeer.RESET, id, new byte[] {0});
    peer.peer.frame(Peer.CLOSE, true, new byte[] {3, (byte) 0xe9});
    assertEquals(1001, peer.peer.closed());
    peer = replacement;
    works();
    peer = other;
    works();
  }
}
