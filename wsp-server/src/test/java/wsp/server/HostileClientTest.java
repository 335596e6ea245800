package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.server.RawCaller.Answer;
import wsp.testing.Await;
import wsp.testing.Frames;

/** A client daemon that answers what it should not: one well-formed response or an abort. */
class HostileClientTest {
  @AutoClose private final RunningServer server = new RunningServer("timeout: 5000");

  @ParameterizedTest
  @EnumSource
  void itNeverReachesTheCallerAsItIs(HostileAnswer hostile) throws Exception {
    RawPeer peer = server.peer();
    RawCaller c = server.caller().request("GET", "/");
    peer.request();
    try {
      hostile.send(peer);
    } catch (IOException e) {
      // Closed already.
    }
    Answer a = c.answer();
    assertEquals(List.of(), a.all("X-Inj"));
    switch (hostile.seen) {
      case ERROR -> assertError(a);
      case ERROR_OR_CUT -> {
        if (a.status() == 526) assertError(a);
        else assertFalse(a.complete() && a.text().contains("SECRET"), a.text());
        if (a.status() != 526 && !a.complete()) return;
      }
      case ANSWER -> {
        assertEquals(200, a.status());
        assertEquals(hostile.body(), a.text());
      }
      case EMPTY_ANSWER -> assertEquals("", a.text());
    }
    assertFalse(c.hasMore(), "something follows");
    assertEquals("ok", c.send("GET /status HTTP/1.1\r\nHost: h\r\n\r\n").answer().text());
    if (hostile.seen != HostileAnswer.Seen.ANSWER) {
      int code = peer.closedWith();
      assertTrue(code == 1002 || code == 1007, "closed with " + code);
      server.awaitCounts(0, 0, 0);
    }
  }

  private static void assertError(Answer a) {
    assertEquals(526, a.status(), a.text());
    assertTrue(a.complete());
    assertEquals("text/plain; charset=utf-8", a.field("Content-Type"));
    assertTrue(a.all("Proxy-Status").size() == 1);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] p : parts) all.writeBytes(p);
    return all.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 30, 1000})
  void aSecondAnswerInOneWriteNeverReachesTheNextCaller(int bytesOfTheSecond) throws Exception {
    for (int i = 0; i < 20; i++) {
      RawPeer peer = server.peer();
      RawCaller first = server.caller().request("GET", "/first");
      peer.request();
      RawCaller second = server.caller().request("GET", "/second");
      Await.until("it waits", () -> server.server.pools.waiting() == 1);
      byte[] evil = peer.answer(200, "EVIL");
      byte[] part = java.util.Arrays.copyOf(evil, Math.min(evil.length, bytesOfTheSecond));
      peer.raw(joined(peer.answer(200, "good"), part));
      assertEquals("good", first.answer().text());
      RawPeer honest = server.kept(RawPeer.open(server.port())).text("honest_1");
      honest.serve((r, p) -> p.reply(200, "honest"));
      if (bytesOfTheSecond == 0) peer.serve((r, p) -> p.reply(200, "honest"));
      else if (bytesOfTheSecond < evil.length) peer.close();
      Answer a = second.answer();
      assertTrue(a.status() == 526 || a.text().equals("honest"), a.text());
      server.close(server.peers());
      server.awaitCounts(0, 0, 0);
    }
  }

  @Test
  void aSecondAnswerWhileTheUploadGoesOnIsFoundToo() throws Exception {
    RawPeer peer = server.peer();
    RawCaller first = server.caller().request("POST", "/", "Content-Length: 4").send("ab");
    peer.requestHead();
    peer.nextData();
    peer.raw(joined(peer.answer(200, "good"), peer.answer(200, "EVIL")));
    assertEquals("good", first.answer().text());
    assertEquals(1002, peer.closedWith());
    first.send("cd").send("GET /status HTTP/1.1\r\nHost: h\r\n\r\n");
    assertEquals("ok", first.answer().text());
  }

  @ParameterizedTest
  @ValueSource(ints = {RawPeer.TEXT, RawPeer.BINARY})
  void aMessageWhileIdleCostsTheConnection(int opcode) throws Exception {
    RawPeer peer = server.peer();
    peer.frame(true, opcode, new byte[] {'x'});
    assertEquals(1002, peer.closedWith());
    server.awaitCounts(0, 0, 0);
  }

  @Test
  void anAnswerBeforeTheRequestHasArrivedCostsTheConnection() throws Exception {
    RawPeer peer = server.peer();
    peer.reply(200, "EVIL");
    assertEquals(1002, peer.closedWith());
    server.reload("timeout: 300");
    assertEquals(526, server.caller().get("/").status());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aGiantEnvelopeIsRefusedWithoutBeingCollected(boolean oneFrame) throws Exception {
    RawPeer peer = server.peer();
    RawCaller c = server.caller().request("GET", "/");
    peer.request();
    long before = used();
    byte[] piece = new byte[1 << 20];
    java.util.Arrays.fill(piece, (byte) 'a');
    long sent = 0;
    try {
      if (oneFrame) peer.raw(Frames.header(true, 1, 300L << 20, true)).raw(new byte[4]);
      for (; sent < 300L << 20; sent += piece.length) {
        if (oneFrame) peer.raw(piece);
        else peer.frame(false, sent == 0 ? 1 : 0, piece);
      }
    } catch (IOException e) {
      // Closed, as expected.
    }
    assertTrue(used() - before < 64 << 20, "memory grew by " + (used() - before >> 20) + " MB");
    assertError(c.answer());
    server.awaitCounts(0, 0, 0);
  }

  @Test
  void aGiantEnvelopeIsClosedWith1009() throws Exception {
    RawPeer peer = server.peer();
    RawCaller c = server.caller().request("GET", "/");
    peer.request();
    peer.frame(false, 1, new byte[600_000]).frame(false, 0, new byte[600_000]);
    assertEquals(1009, peer.closedWith());
    assertError(c.answer());
  }

  private static long used() {
    System.gc();
    Runtime r = Runtime.getRuntime();
    return r.totalMemory() - r.freeMemory();
  }

  @Test
  void anEnvelopeInManyFragmentsWithPingsInBetweenIsFine() throws Exception {
    RawPeer peer = server.peer();
    RawCaller c = server.caller().request("GET", "/");
    peer.request();
    byte[] text =
        HostileAnswer.envelope("200", "{\"X-A\":[\"\u00e9\u4e16\ud83d\ude00\"]}", 1)
            .getBytes("UTF-8");
    for (int i = 0; i < text.length; i++) {
      peer.frame(false, i == 0 ? 1 : 0, new byte[] {text[i]});
      if (i % 10 == 0) peer.frame(true, RawPeer.PING, new byte[] {(byte) i});
    }
    peer.frame(true, 0, new byte[0]).binary(new byte[] {'x'});
    Answer a = c.answer();
    assertEquals("\u00e9\u4e16\ud83d\ude00", a.field("X-A"));
    assertEquals("x", a.text());
    // Those that came together have one answer, of the last.
    byte last = (byte) ((text.length - 1) / 10 * 10);
    RawPeer.Frame pong = peer.next();
    while (pong.opcode() == RawPeer.PONG && pong.payload()[0] != last) pong = peer.next();
    assertEquals(RawPeer.PONG, pong.opcode());
  }

  @Test
  void answersToPingsDoNotPileUpForAPeerThatDoesNotRead() throws Exception {
    RawPeer peer = server.slowPeer();
    RawCaller c = server.caller();
    byte[] part = new byte[64 * 1024];
    c.request("POST", "/", "Content-Length: " + (64 << 20));
    // More than the sockets between them hold: the rest of the body waits, and whatever is behind.
    Thread body = new Thread(() -> sendAll(c, part));
    body.start();
    Await.until("the body is stopped", () -> server.server.pools.counts().busy() == 1);
    long before = used();
    int pings = 200_000;
    ByteArrayOutputStream some = new ByteArrayOutputStream();
    for (int i = 0; i < 1000; i++) some.writeBytes(peer.masked(true, RawPeer.PING, new byte[100]));
    byte[] batch = some.toByteArray();
    for (int i = 0; i < pings / 1000; i++) peer.raw(batch);
    peer.frame(true, RawPeer.PING, new byte[] {'z'});
    int pongs = 0;
    RawPeer.Frame frame = peer.next();
    for (; frame.payload().length != 1; frame = peer.next())
      if (frame.opcode() == RawPeer.PONG) pongs++;
    assertEquals(RawPeer.PONG, frame.opcode());
    assertTrue(pongs < pings / 50, pongs + " answers");
    assertTrue(used() - before < 32 << 20);
    c.close();
    body.join();
  }

  private static void sendAll(RawCaller to, byte[] part) {
    try {
      while (true) to.send(part);
    } catch (IOException e) {
      // Closed at the end.
    }
  }
}
