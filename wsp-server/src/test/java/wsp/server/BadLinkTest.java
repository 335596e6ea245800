package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import wsp.server.LinkPeer.Frame;
import wsp.server.RawCaller.Answer;

/** A client of version 2 that breaks the rules, beside one that does not. */
class BadLinkTest {
  @AutoClose private final RunningServer server = new RunningServer("timeout: 10000");

  private RawCaller to(String client, String method, String... fields) throws IOException {
    String[] all = new String[fields.length + 1];
    all[0] = "X-PROXY-CLIENT: " + client;
    System.arraycopy(fields, 0, all, 1, fields.length);
    return server.kept(new RawCaller(server.port(), 4096)).request(method, "/", all);
  }

  @ParameterizedTest
  @EnumSource
  void itCostsItsOwnLinkAndNoOther(BadLink bad) throws Exception {
    LinkPeer honest = LinkPeer.as("honest", server);
    RawCaller before = to("honest", "GET");
    honest.request();
    LinkPeer peer = LinkPeer.as("bad", server);
    RawCaller victim = to("bad", "POST", "Content-Length: 5").send("ab");
    peer.next(LinkPeer.REQUEST);
    bad.at(peer);
    int code = peer.closedWith();
    // What is sent into a connection that is closed may take the close frame from its reader.
    if (bad != BadLink.DATA_BEYOND_THE_CREDIT && bad != BadLink.RESETS_WITHOUT_END)
      assertEquals(bad.code, code);
    server.awaitCounts(1, 0, 1);
    victim.close();
    honest.reply(1, "honest");
    assertEquals("honest", before.answer().text());
    RawCaller after = to("honest", "GET");
    assertEquals(2, honest.request().id());
    honest.reply(2, "again");
    assertEquals("again", after.answer().text());
  }

  @Test
  void aCallerWhoseLinkIsLostIsTold() throws Exception {
    LinkPeer peer = LinkPeer.as("bad", server);
    RawCaller waits = to("bad", "GET");
    peer.request();
    RawCaller reads = to("bad", "GET");
    peer.request();
    peer.head(2, 200, 10).send(LinkPeer.DATA, 2, "half");
    assertEquals(200, reads.head().status());
    peer.raw.text("out of turn");
    Answer error = waits.answer();
    assertEquals(526, error.status());
    assertTrue(error.proxyError().contains("error=connection_terminated"), error.proxyError());
    for (int i = 0; i < 4; i++) assertEquals("half".charAt(i), reads.read());
    assertTrue(reads.ended(), "the rest never comes");
  }

  /** Small pieces of one read go on together, and so before an end that comes with them. */
  @Test
  void whatComesWithACloseFrameReachesTheCaller() throws Exception {
    LinkPeer peer = LinkPeer.as("bad", server);
    RawCaller reads = to("bad", "GET");
    peer.request();
    peer.head(1, 200, 10);
    assertEquals(200, reads.head().status());
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (String data : "half".split("")) {
      byte[] frame = LinkPeer.frame(LinkPeer.DATA, 1, data.getBytes(StandardCharsets.US_ASCII));
      all.writeBytes(peer.raw.masked(true, RawPeer.BINARY, frame));
    }
    all.writeBytes(peer.raw.masked(true, RawPeer.CLOSE, new byte[] {3, (byte) 0xe8}));
    peer.raw.raw(all.toByteArray());
    for (int i = 0; i < 4; i++) assertEquals("half".charAt(i), reads.read());
    assertTrue(reads.ended(), "the rest never comes");
  }

  /** An answer that is none, and the reason that the client is told. */
  @ParameterizedTest
  @CsvSource({
    "'{\"StatusCode\":200,\"ContentLength\":3}', 4",
    "'{\"StatusCode\":200,\"ContentLength\":5}', 4",
    "'{\"StatusCode\":204}', 4",
    "'{\"StatusCode\":200,\"ContentLength\":4,\"Header\":{\"Content-Length\":[\"5\"]}}', 4",
    "'{\"StatusCode\":200,\"ContentLength\":-1,\"Header\":{\"Content-Length\":[\"x\"]}}', 4"
  })
  void anAnswerThatIsNoneCostsItsStreamAlone(String head, int length) throws Exception {
    LinkPeer peer = LinkPeer.as("bad", server);
    RawCaller stays = to("bad", "GET");
    peer.request();
    RawCaller caller = to("bad", "GET");
    peer.request();
    peer.send(LinkPeer.RESPONSE, 2, head).send(LinkPeer.DATA | LinkPeer.END, 2, "a".repeat(length));
    Frame reset = peer.next(LinkPeer.RESET);
    assertEquals(2, reset.id());
    assertEquals(3, reset.payload()[0]);
    // Of one whose fault shows with its body the head may be out already.
    boolean atOnce = head.contains("Content-Length");
    if (atOnce) assertEquals(526, caller.answer().status());
    peer.reply(1, "stays");
    assertEquals("stays", stays.answer().text());
  }

  @Test
  void framesOfAStreamThatTheServerHasResetAreDropped() throws Exception {
    LinkPeer peer = LinkPeer.as("bad", server);
    RawCaller leaves = to("bad", "GET");
    peer.request();
    leaves.close();
    assertEquals(1, peer.next(LinkPeer.RESET).id());
    peer.head(1, 200, -1).send(LinkPeer.DATA, 1, "a").number(LinkPeer.CREDIT, 1, 1);
    peer.send(LinkPeer.TRAILERS | LinkPeer.END, 1, "{\"Header\":{}}").reset(1, 0, "mine, too");
    RawCaller next = to("bad", "GET");
    assertEquals(2, peer.request().id());
    peer.reply(2, "fine");
    assertEquals("fine", next.answer().text());
  }

  @Test
  void silenceForDeadpeerEndsTheLink() throws Exception {
    server.reload("timeout: 10000", "deadpeer: 1s");
    LinkPeer peer = LinkPeer.as("bad", server);
    peer.raw.polite = false;
    RawCaller caller = to("bad", "GET");
    assertEquals(526, caller.answer().status());
    assertEquals(1006, peer.closedWith());
  }
}
