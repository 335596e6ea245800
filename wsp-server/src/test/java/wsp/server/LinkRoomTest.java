package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import wsp.server.LinkPeer.Frame;
import wsp.testing.Await;

/** How many streams a link of version 2 has, where they go, and how it ends. */
class LinkRoomTest {
  @AutoClose private RunningServer server;

  private void start(String... yaml) {
    server = new RunningServer(yaml);
  }

  private RawCaller get(String path) throws IOException {
    return server.caller().request("GET", path);
  }

  private void awaitWaiting(int n) throws Exception {
    Await.until(n + " wait", () -> server.server.pools.waiting() == n);
  }

  @Test
  void whereThereIsNoMemoryForAWindowRequestsWait() throws Exception {
    start("timeout: 10000", "maxbuffered: 64k");
    LinkPeer peer = LinkPeer.open(server);
    assertTrue(peer.answer.contains("X-PROXY-WINDOW: 16384\r\n"), peer.answer);
    List<RawCaller> callers = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      callers.add(get("/" + i));
      peer.request();
    }
    for (int i = 5; i <= 6; i++) {
      callers.add(get("/" + i));
      awaitWaiting(i - 4);
    }
    peer.reply(3, "3");
    assertTrue(peer.request().text().contains("origin.test/5"));
    // The memory of a caller that leaves is another one's.
    callers.get(0).close();
    assertEquals(1, peer.next(LinkPeer.RESET).id());
    assertTrue(peer.request().text().contains("origin.test/6"));
    for (int i : new int[] {2, 4, 5, 6}) peer.reply(i, "" + i);
    for (int i = 4; i <= 6; i++) assertEquals("" + i, callers.get(i - 1).answer().text());
    server.awaitCounts(1, 1, 0);
  }

  @Test
  void memoryThatOneClientGivesBackIsForThoseWhoWaitForAnother() throws Exception {
    start("timeout: 10000", "maxbuffered: 64k");
    LinkPeer a = LinkPeer.as("a", server);
    LinkPeer b = LinkPeer.as("b", server);
    for (int i = 1; i <= 4; i++) {
      server.caller().request("GET", "/", "X-PROXY-CLIENT: a");
      a.request();
    }
    RawCaller waits = server.caller().request("GET", "/", "X-PROXY-CLIENT: b");
    awaitWaiting(1);
    a.close();
    b.request();
    b.reply(1, "at last");
    assertEquals("at last", waits.answer().text());
  }

  @Test
  void whatADrainingClientDoesNotServeGoesElsewhereAndNothingElseComes() throws Exception {
    start("timeout: 10000", "balance: leastbusy");
    LinkPeer leaves = LinkPeer.as("a", server);
    RawCaller first = get("/1");
    leaves.request();
    RawCaller second = get("/2");
    leaves.request();
    LinkPeer other = LinkPeer.as("b", server);
    leaves.number(LinkPeer.DRAIN, 0, 1);
    assertTrue(other.request().text().contains("origin.test/2"));
    RawCaller third = get("/3");
    assertTrue(other.request().text().contains("origin.test/3"));
    other.reply(1, "2").reply(2, "3");
    assertEquals("2", second.answer().text());
    assertEquals("3", third.answer().text());
    leaves.reply(1, "1");
    assertEquals("1", first.answer().text());
    assertEquals(1001, leaves.closedWith());
  }

  @Test
  void whatAClientRefusesGoesElsewhereOrWaitsUntilItHasRoom() throws Exception {
    start("timeout: 10000");
    LinkPeer peer = LinkPeer.open(server);
    RawCaller first = get("/1");
    peer.request();
    RawCaller second = get("/2");
    peer.request();
    peer.reset(2, 1, "full");
    awaitWaiting(1);
    peer.reply(1, "1");
    assertEquals("1", first.answer().text());
    Frame again = peer.request();
    assertEquals(3, again.id());
    assertTrue(again.text().contains("origin.test/2"), again.text());
    peer.reply(3, "2");
    assertEquals("2", second.answer().text());
  }

  @Test
  void aClientThatRefusesEverythingIsNotAskedWithoutEnd() throws Exception {
    start("timeout: 300");
    LinkPeer peer = LinkPeer.open(server);
    RawCaller caller = get("/");
    peer.request();
    peer.reset(1, 1, "full");
    assertEquals(526, caller.answer().status());
  }

  @Test
  void theOneWithTheFewestStreamsIsChosen() throws Exception {
    start("timeout: 10000", "balance: leastbusy");
    LinkPeer a = LinkPeer.as("a", server);
    for (int i = 1; i <= 3; i++) {
      get("/" + i);
      a.request();
    }
    LinkPeer b = LinkPeer.as("b", server);
    for (int i = 1; i <= 3; i++) {
      get("/");
      assertEquals(i, b.request().id());
    }
    RawPeer old = server.peer("old_1");
    get("/last");
    assertTrue(old.requestHead().url().endsWith("/last"), "one of version 1 counts, too");
  }

  @Test
  void aServerThatStopsFinishesWhatRunsOnALink() throws Exception {
    start("grace: 20s");
    LinkPeer busy = LinkPeer.as("a", server);
    LinkPeer idle = LinkPeer.as("b", server);
    RawCaller caller = server.caller().request("GET", "/", "X-PROXY-CLIENT: a");
    busy.request();
    CompletableFuture<Void> drained =
        CompletableFuture.runAsync(
            () -> {
              try {
                server.server.drain();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    assertEquals(1001, idle.closedWith());
    assertEquals(LinkPeer.DRAIN, busy.next().type());
    assertFalse(drained.isDone());
    busy.reply(1, "finished");
    assertEquals("finished", caller.answer().text());
    assertEquals(1001, busy.closedWith());
    drained.get(10, TimeUnit.SECONDS);
  }

  @Test
  void aClientWhoseKeyIsWithdrawnFinishesWhatRuns() throws Exception {
    start("clients: [{name: a, key: KeyOfA}]");
    LinkPeer peer = LinkPeer.open(server, "X-SECRET-KEY: KeyOfA");
    RawCaller caller = get("/");
    peer.request();
    server.reload("clients: [{name: b, key: KeyOfB}]");
    assertEquals(LinkPeer.DRAIN, peer.next().type());
    peer.reply(1, "finished");
    assertEquals("finished", caller.answer().text());
    assertEquals(1008, peer.closedWith());
  }

  @Test
  void aRequestsBodyStopsAtTheClientsWindowAndHoldsUpNobody() throws Exception {
    start("timeout: 10000");
    LinkPeer peer = LinkPeer.open(server, "X-PROXY-WINDOW: 1000", "X-PROXY-FRAME: 300");
    RawCaller upload = server.caller().request("POST", "/", "Content-Length: 3000");
    upload.send("a".repeat(3000));
    peer.next(LinkPeer.REQUEST);
    for (int left = 1000; left > 0; ) {
      Frame f = peer.next(LinkPeer.DATA);
      assertTrue(f.payload().length <= 300, "a frame of " + f.payload().length);
      left -= f.payload().length;
      assertTrue(left >= 0, "beyond the credit");
    }
    RawCaller other = get("/other");
    assertEquals(2, peer.request().id());
    peer.reply(2, "other");
    assertEquals("other", other.answer().text());
    peer.number(LinkPeer.CREDIT, 1, 5000);
    assertEquals(2000, peer.body().length);
    peer.reply(1, "all");
    assertEquals("all", upload.answer().text());
  }

  @Test
  void aCallerThatTakesNothingGetsNoCreditAndHoldsUpNobody() throws Exception {
    start("timeout: 10000");
    LinkPeer peer = LinkPeer.open(server);
    RawCaller slow = server.slowCaller().request("GET", "/slow");
    peer.request();
    peer.head(1, 200, -1);
    long credit = 65_536;
    long sent = 0;
    byte[] part = new byte[16_000];
    // All buffers on the way take some megabytes; then credit ends.
    while (credit - sent >= part.length || peer.raw.socket.getInputStream().available() > 0) {
      while (credit - sent >= part.length) {
        peer.send(LinkPeer.DATA, 1, part);
        sent += part.length;
      }
      peer.raw.awaitPong();
      for (Frame f; (f = peer.early()) != null; ) credit += f.number();
    }
    RawCaller other = get("/other");
    assertEquals(2, peer.next(LinkPeer.REQUEST).id());
    peer.reply(2, "other");
    assertEquals("other", other.answer().text());
    assertEquals(200, slow.head().status());
    long got = 0;
    while (got < sent) got += slow.chunk().length;
    assertEquals(sent, got);
  }

  @Test
  void interimHeadsAndTrailersPassBothWays() throws Exception {
    start("timeout: 10000");
    LinkPeer peer = LinkPeer.open(server);
    RawCaller caller =
        server
            .caller()
            .request("POST", "/", "Transfer-Encoding: chunked", "Trailer: X-Sum")
            .send("1\r\na\r\n0\r\nX-Sum: 1\r\n\r\n");
    Frame head = peer.next(LinkPeer.REQUEST);
    assertFalse(head.end());
    Frame f = peer.next();
    while (f.type() == LinkPeer.DATA) f = peer.next();
    assertEquals(LinkPeer.TRAILERS, f.type());
    assertTrue(f.end() && f.text().contains("X-Sum"), f.text());
    peer.head(1, 103, 0, "Link", "</a>").head(1, 200, -1, "Trailer", "X-End");
    peer.send(LinkPeer.DATA, 1, "body");
    peer.send(LinkPeer.TRAILERS | LinkPeer.END, 1, "{\"Header\":{\"X-End\":[\"2\"]}}");
    assertEquals(103, caller.head().status());
    RawCaller.Answer answer = caller.head();
    assertEquals(200, answer.status());
    assertEquals("X-End", answer.field("Trailer"));
    assertEquals("body", new String(caller.chunk()));
    server.awaitCounts(1, 1, 0);
  }
}
