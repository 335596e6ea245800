package wsp.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.server.RawCaller.Answer;

/** Bodies of requests and answers, at the same time, as a caller and a client see them. */
class BodiesBothWaysTest {
  @AutoClose private final RunningServer server = new RunningServer("timeout: 8000");

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4095, 4096, 65535, 65536, 65537, 1_000_003, 5_000_000})
  void uploadsArriveByteForByte(int size) throws Exception {
    byte[] body = random(size);
    RawPeer peer = server.peer();
    RawCaller c = server.caller();
    peer.onThread(
        p -> {
          try {
            for (int i = 0; i < 2; i++) {
              RawPeer.Request r = p.request();
              boolean same = Arrays.equals(body, r.body());
              p.reply(200, same + " " + r.envelope().contentLength());
            }
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
    c.request("POST", "/", "Content-Length: " + size).send(body);
    assertEquals("true " + size, c.answer().text());
    c.request("POST", "/", "Transfer-Encoding: chunked").send(chunked(body));
    assertEquals("true -1", c.answer().text());
  }

  private static byte[] chunked(byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Random random = new Random(5);
    for (int at = 0; at < body.length; ) {
      int n = Math.min(1 + random.nextInt(30_000), body.length - at);
      out.writeBytes((Integer.toHexString(n) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.write(body, at, n);
      out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
      at += n;
    }
    out.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4096, 65536, 1_000_003, 5_000_000})
  void downloadsArriveByteForByte(int size) throws Exception {
    byte[] body = random(size);
    AtomicInteger request = new AtomicInteger();
    server
        .peer()
        .serve(
            (r, p) -> {
              boolean known = request.getAndIncrement() % 2 == 0;
              p.envelope(200, known ? size : -1);
              int part = 1 + size / 7;
              for (int at = 0; at < size; at += part)
                p.frame(
                    false,
                    at == 0 ? 2 : 0,
                    Arrays.copyOfRange(body, at, Math.min(size, at + part)));
              p.frame(true, size == 0 ? 2 : 0, new byte[0]);
            });
    RawCaller c = server.caller();
    for (int i = 0; i < 4; i++) {
      Answer a = c.get("/");
      assertTrue(a.complete());
      assertArrayEquals(body, a.body());
      assertEquals(i % 2 == 0 ? "" + size : null, a.field("Content-Length"));
    }
  }

  @Test
  void anEnvelopeAndAFrameMayArriveByteByByte() throws Exception {
    server
        .peer()
        .serve(
            (r, p) -> {
              for (byte b : p.answer(200, "slowly \u00e9\u4e16")) p.raw(new byte[] {b});
            });
    assertEquals("slowly \u00e9\u4e16", server.caller().get("/").text());
  }

  @Test
  void aSmallChunkIsForwardedBeforeTheNextIsSent() throws Exception {
    RawPeer peer = server.peer();
    RawCaller c = server.caller();
    c.request("POST", "/", "Transfer-Encoding: chunked").send("1\r\na\r\n");
    assertEquals(-1, peer.requestHead().contentLength());
    assertEquals("a", text(peer.nextData()));
    for (String s : List.of("b", "c", "d")) {
      c.send("1\r\n" + s + "\r\n");
      assertEquals(s, text(peer.nextData()));
    }
    c.send("0\r\n\r\n");
    assertTrue(peer.nextData().fin());
    peer.reply(200, "done");
    assertEquals("done", c.answer().text());
  }

  private static String text(RawPeer.Frame f) {
    return new String(f.payload(), StandardCharsets.UTF_8);
  }

  @Test
  void anEventIsHandedOnBeforeTheNextIsSentAndTheHeadBeforeAny() throws Exception {
    RawPeer peer = server.peer();
    RawCaller c = server.caller();
    c.request("GET", "/");
    peer.request();
    peer.envelope(200, -1, "Content-Type", "text/event-stream");
    assertEquals(200, c.head().status());
    for (int i = 0; i < 5; i++) {
      peer.frame(false, i == 0 ? 2 : 0, ("data: " + i).getBytes(StandardCharsets.UTF_8));
      assertEquals("data: " + i, new String(c.chunk(), StandardCharsets.UTF_8));
    }
    peer.frame(true, 0, new byte[0]);
    assertEquals(0, c.chunk().length);
  }

  @Test
  void bothDirectionsRunAtTheSameTime() throws Exception {
    RawPeer peer = server.peer();
    RawCaller c = server.caller();
    c.request("POST", "/", "Transfer-Encoding: chunked").send("1\r\na\r\n");
    peer.requestHead();
    peer.nextData();
    peer.envelope(200, -1);
    c.head();
    for (int i = 0; i < 20; i++) {
      c.send("2\r\n" + (10 + i) + "\r\n");
      String got = text(peer.nextData());
      assertEquals("" + (10 + i), got);
      peer.frame(false, i == 0 ? 2 : 0, ("<" + got).getBytes(StandardCharsets.UTF_8));
      assertEquals("<" + got, new String(c.chunk(), StandardCharsets.UTF_8));
    }
    c.send("0\r\n\r\n");
    assertTrue(peer.nextData().fin());
    peer.frame(true, 0, new byte[0]);
    assertEquals(0, c.chunk().length);
    server.awaitCounts(1, 1, 0);
    peer.serve((r, p) -> p.reply(200, "again"));
    assertEquals("again", c.get("/").text());
  }

  @Test
  void anEarlyAnswerReachesTheCallerAndTheUploadGoesOn() throws Exception {
    RawPeer peer = server.peer();
    RawCaller c = server.caller();
    c.request("POST", "/", "Content-Length: 10").send("abc");
    peer.requestHead();
    peer.nextData();
    peer.reply(413, "too large");
    Answer a = c.answer();
    assertEquals(413, a.status());
    assertEquals("too large", a.text());
    assertEquals(1, server.server.pools.counts().busy(), "the upload has not ended");
    c.send("defghij");
    assertTrue(peer.nextData().fin());
    server.awaitCounts(1, 1, 0);
    peer.serve((r, p) -> p.reply(200, "next"));
    assertEquals("next", c.get("/").text());
  }
}
