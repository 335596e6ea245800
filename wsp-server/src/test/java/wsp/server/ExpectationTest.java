package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wsp.server.LinkPeer.Frame;
import wsp.server.RawCaller.Answer;
import wsp.testing.Await;

/** Expect: 100-continue where the client speaks version 2, so that the origin can be asked. */
@Timeout(60)
class ExpectationTest {
  private static final String EXPECT = "Expect: 100-continue";
  private static final int CANCELLED = 0;
  private static final int REFUSED = 1;

  @AutoClose private final RunningServer server = new RunningServer("timeout: 10000");

  private RawCaller upload() throws IOException {
    return server.caller().request("POST", "/", "Content-Length: 4", EXPECT);
  }

  /** The head of a request that the caller keeps the body of. */
  private static Frame asked(LinkPeer peer) throws IOException {
    Frame head = peer.next(LinkPeer.REQUEST);
    assertTrue(head.text().contains("\"Expect\":[\"100-continue\"]"), head.text());
    assertFalse(head.end(), "a body may follow");
    return head;
  }

  private static String body(LinkPeer peer) throws IOException {
    return new String(peer.body(), StandardCharsets.US_ASCII);
  }

  private static LinkPeer goesOn(LinkPeer peer, int id) throws IOException {
    return peer.head(id, 100, 0);
  }

  @Test
  void theCallerGetsIts100WhenTheClientSaysSo() throws Exception {
    LinkPeer peer = LinkPeer.open(server);
    RawCaller c = server.caller();
    for (int id = 1; id <= 3; id++) {
      c.request("POST", "/", "Content-Length: 4", EXPECT);
      asked(peer);
      peer.head(id, 103, 0, "Link", "</a>");
      assertEquals(103, c.head().status());
      goesOn(peer, id);
      assertEquals(100, c.head().status());
      c.send("body");
      assertEquals("body", body(peer));
      peer.reply(id, "done");
      assertEquals(200, c.head().status());
      assertEquals("done", read(c, 4));
    }
    server.awaitCounts(1, 1, 0);
  }

  private static String read(RawCaller c, int n) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.length() < n) text.append((char) c.read());
    return text.toString();
  }

  @Test
  void anEarlyRefusalReachesTheCallerWithoutA100() throws Exception {
    LinkPeer peer = LinkPeer.open(server);
    RawCaller c = upload();
    asked(peer);
    peer.head(1, 417, 2).send(LinkPeer.DATA | LinkPeer.END, 1, "no");
    Answer head = c.head();
    assertEquals(417, head.status());
    assertEquals("close", head.field("Connection"), "nobody could tell whether the body comes");
    assertEquals("no", read(c, 2));
    assertTrue(c.ended());
    Frame end = peer.next(LinkPeer.DATA);
    assertTrue(end.end() && end.payload().length == 0, "the request is over, and its body is none");
    server.awaitCounts(1, 1, 0);
    RawCaller next = server.caller().request("GET", "/next");
    peer.request();
    peer.reply(2, "next");
    assertEquals("next", next.answer().text());
  }

  @Test
  void aCallerGetsOne100HoweverManyComeAndNoneUnasked() throws Exception {
    LinkPeer peer = LinkPeer.open(server);
    RawCaller c = upload();
    asked(peer);
    goesOn(goesOn(peer, 1), 1);
    assertEquals(100, c.head().status());
    c.send("body");
    assertEquals("body", body(peer));
    goesOn(peer, 1).reply(1, "done");
    assertEquals(200, c.head().status());
    RawCaller plain = server.caller().request("POST", "/", "Content-Length: 4").send("body");
    peer.next(LinkPeer.REQUEST);
    goesOn(peer, 2).reply(2, "done");
    assertEquals(200, plain.head().status());
  }

  @Test
  void aCallerThatDoesNotWaitIsServedAllTheSame() throws Exception {
    LinkPeer peer = LinkPeer.open(server);
    RawCaller c = server.caller().request("POST", "/", "Transfer-Encoding: chunked", EXPECT);
    c.send("4\r\nbody\r\n0\r\n\r\n" + RawCaller.head("GET", "/next"));
    asked(peer);
    goesOn(peer, 1);
    assertEquals(100, c.head().status());
    assertEquals("body", body(peer));
    peer.reply(1, "done");
    assertEquals("done", c.answer().text());
    peer.request();
    peer.reply(2, "next");
    assertEquals("next", c.answer().text());
  }

  @Test
  void theBodyOfACallerThatDidNotWaitIsNoRequest() throws Exception {
    LinkPeer peer = LinkPeer.open(server);
    RawCaller c = server.caller().request("POST", "/", "Content-Length: 60", EXPECT);
    c.send(RawCaller.head("GET", "/smuggled"));
    asked(peer);
    peer.reply(1, "refused");
    assertEquals("refused", c.answer().text());
    assertTrue(c.ended());
    peer.next(LinkPeer.DATA);
    RawCaller next = server.caller().request("GET", "/next");
    assertTrue(peer.request().text().contains("/next"));
    peer.reply(2, "next");
    assertEquals("next", next.answer().text());
  }

  @Test
  void anHttp10CallerNeverGetsA100() throws Exception {
    LinkPeer peer = LinkPeer.open(server);
    RawCaller c = server.caller();
    c.send(
        "POST /request HTTP/1.0\r\nX-PROXY-DESTINATION: http://o.test/\r\n"
            + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\nab");
    Frame head = peer.next(LinkPeer.REQUEST);
    assertFalse(head.text().contains("Expect"), head.text());
    assertEquals("ab", body(peer));
    goesOn(peer, 1).reply(1, "done");
    assertEquals(200, c.head().status());
  }

  @Test
  void aConnectionOfVersion1GetsNoRequestBeforeItsBody() throws Exception {
    LinkPeer full = LinkPeer.open(server, "X-PROXY-STREAMS: 1");
    RawCaller first = server.caller().request("GET", "/");
    full.request();
    RawPeer old = server.peer();
    RawCaller c = upload();
    assertEquals(100, c.head().status(), "as on version 1 alone");
    c.send("body");
    assertFalse(old.requestHead().headers().has("Expect"));
    assertEquals("body", new String(old.body(), StandardCharsets.US_ASCII));
    old.reply(200, "old");
    assertEquals("old", c.answer().text());
    full.reply(1, "first");
    assertEquals("first", first.answer().text());
  }

  @Test
  void aCallerThatLeavesWhileItWaitsIsCancelled() throws Exception {
    LinkPeer peer = LinkPeer.open(server);
    RawCaller c = upload();
    asked(peer);
    c.close();
    assertEquals(CANCELLED, peer.next(LinkPeer.RESET).payload()[0]);
    server.awaitCounts(1, 1, 0);
  }

  @Test
  void whatOneLinkRefusesAnotherIsAsked() throws Exception {
    LinkPeer first = LinkPeer.open(server);
    RawCaller c = upload();
    asked(first);
    LinkPeer second = LinkPeer.open(server);
    Await.until("both are here", () -> server.server.pools.counts().clients() == 2);
    first.number(LinkPeer.DRAIN, 0, 0);
    first.reset(1, REFUSED, "full");
    asked(second);
    goesOn(second, 1);
    assertEquals(100, c.head().status());
    c.send("body");
    assertEquals("body", body(second));
    second.reply(1, "done");
    assertEquals("done", c.answer().text());
  }

  @Test
  void aClientThatNeverSaysIsSentTheBodyAfterStalltimeout() throws Exception {
    try (RunningServer impatient = new RunningServer("stalltimeout: 1s")) {
      LinkPeer peer = LinkPeer.open(impatient);
      RawCaller c = impatient.caller().request("POST", "/", "Content-Length: 4", EXPECT);
      asked(peer);
      assertEquals(100, c.head().status());
      c.send("body");
      assertEquals("body", body(peer));
      goesOn(peer, 1).reply(1, "done");
      assertEquals(200, c.head().status());
    }
  }

  @Test
  void aLinkThatIsLostMeanwhileIsAFailureWithoutA100() throws Exception {
    LinkPeer peer = LinkPeer.open(server);
    RawCaller c = upload();
    asked(peer);
    peer.close();
    assertEquals(526, c.head().status());
  }
}
