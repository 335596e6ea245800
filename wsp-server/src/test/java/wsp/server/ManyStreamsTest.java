package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import wsp.server.LinkPeer.Frame;
import wsp.testing.Await;

/** Many exchanges on one connection of a client that speaks version 2. */
class ManyStreamsTest {
  private static final String TEN_SECONDS = "timeout: 10000";

  @AutoClose private final RunningServer server = new RunningServer(TEN_SECONDS);

  private RawCaller get(String path) throws IOException {
    return server.caller().request("GET", path);
  }

  @Test
  void aRequestAndItsAnswerGoThrough() throws Exception {
    LinkPeer peer = LinkPeer.open(server);
    RawCaller caller = get("/one");
    Frame request = peer.next(LinkPeer.REQUEST);
    assertEquals(1, request.id());
    assertTrue(request.end(), "no body follows");
    assertTrue(request.text().contains("http://origin.test/one"), request.text());
    peer.reply(1, "first");
    assertEquals("first", caller.answer().text());
    caller.request("POST", "/two", "Content-Length: 5").send("abcde");
    Frame second = peer.next(LinkPeer.REQUEST);
    assertEquals(2, second.id());
    assertFalse(second.end(), "a body follows");
    assertEquals("abcde", new String(peer.body()));
    peer.send(LinkPeer.RESPONSE | LinkPeer.END, 2, "{\"StatusCode\":204,\"ContentLength\":0}");
    assertEquals(204, caller.answer().status());
    server.awaitCounts(1, 1, 0);
  }

  @Test
  void manyAreUnderWayAtOnceAndEndInAnyOrder() throws Exception {
    LinkPeer peer = LinkPeer.open(server);
    List<RawCaller> callers = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      callers.add(get("/" + i));
      assertEquals(i, peer.request().id());
    }
    server.awaitCounts(1, 0, 1);
    for (int i = 20; i >= 1; i--) peer.reply(i, "answer " + i);
    for (int i = 1; i <= 20; i++) assertEquals("answer " + i, callers.get(i - 1).answer().text());
    server.awaitCounts(1, 1, 0);
  }

  @Test
  void theHandshakeTellsBothSidesNumbers() throws Exception {
    LinkPeer peer = LinkPeer.open(server);
    String answer = peer.answer.toLowerCase(Locale.ROOT);
    assertTrue(answer.contains("sec-websocket-protocol: wsp.2\r\n"), answer);
    for (String field : List.of("streams: 256", "window: 65536", "frame: 65536"))
      assertTrue(answer.contains("x-proxy-" + field + "\r\n"), answer);
  }

  @Test
  void aCallerThatLeavesCostsItsStreamAndNotTheLink() throws Exception {
    LinkPeer peer = LinkPeer.open(server);
    RawCaller leaves = get("/leaves");
    peer.request();
    RawCaller stays = get("/stays");
    peer.request();
    leaves.close();
    Frame reset = peer.next(LinkPeer.RESET);
    assertEquals(1, reset.id());
    assertEquals(0, reset.payload()[0]);
    peer.reply(1, "for nobody").reply(2, "stayed");
    assertEquals("stayed", stays.answer().text());
    server.awaitCounts(1, 1, 0);
  }

  @Test
  void beyondTheClientsStreamsOthersWaitInOrder() throws Exception {
    LinkPeer peer = LinkPeer.open(server, "X-PROXY-STREAMS: 2");
    List<RawCaller> callers = new ArrayList<>();
    for (int i = 1; i <= 2; i++) {
      callers.add(get("/" + i));
      peer.request();
    }
    for (int i = 3; i <= 4; i++) {
      callers.add(get("/" + i));
      int waiting = i - 2;
      Await.until("it waits", () -> server.server.pools.waiting() == waiting);
    }
    peer.reply(2, "2");
    assertTrue(peer.request().text().contains("origin.test/3"));
    peer.reply(1, "1");
    assertTrue(peer.request().text().contains("origin.test/4"));
    peer.reply(4, "4").reply(3, "3");
    for (int i = 1; i <= 4; i++) assertEquals("" + i, callers.get(i - 1).answer().text());
  }
}
