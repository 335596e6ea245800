package wsp.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wsp.testing.Await;

/**
 * Bodies of any size in little memory, both ways at once. The daemons run with 64 MiB of heap, so
 * whoever collects a body runs out of it. {@code -Dwsp.e2e.mib=1024} for larger ones than CI's.
 */
class StreamingIT {
  private static final int MIB = Integer.getInteger("wsp.e2e.mib", 96);
  private static final byte[] PIECE = new byte[1 << 20];

  @TempDir static Path directory;
  static Tunnel tunnel;
  private static ExecutorService threads;

  @BeforeAll
  static void open() throws IOException {
    new Random(1).nextBytes(PIECE);
    threads = Executors.newCachedThreadPool();
    String[] jvm = {"-Xmx64m", "-XX:TieredStopAtLevel=4"};
    tunnel = Tunnel.open(directory, "timeout : 5000\n", "loglevel : warn\n", jvm);
  }

  @AfterAll
  static void close() throws Exception {
    threads.shutdownNow();
    tunnel.close();
  }

  int mib() {
    return MIB;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static String expected(int mib) {
    MessageDigest d = sha256();
    for (int i = 0; i < mib; i++) d.update(PIECE);
    return HexFormat.of().formatHex(d.digest());
  }

  /**
   * Slows a thread down without giving it a schedule: what is tested is that nothing piles up
   * meanwhile.
   */
  private static void lag(long nanos) {
    Await.pace(nanos);
  }

  private static String download(int mib, long lagNanos) throws IOException {
    tunnel.origin.on(
        "/down",
        r -> {
          r.body((b, n) -> {});
          r.send("HTTP/1.1 200 OK\r\nContent-Length: " + ((long) mib << 20) + "\r\n\r\n");
          for (int i = 0; i < mib; i++) r.out.write(PIECE);
        });
    MessageDigest d = sha256();
    try (Caller c = new Caller(tunnel.port)) {
      c.head("GET", tunnel.origin.url("/down"));
      Caller.Answer a = c.answerHead();
      assertEquals(200, a.status);
      assertTrue(
          c.readBody(
              "GET",
              a,
              (b, n) -> {
                lag(lagNanos);
                d.update(b, 0, n);
              }),
          "the download is whole");
    }
    return HexFormat.of().formatHex(d.digest());
  }

  private static String upload(int mib, long lagNanos) throws IOException {
    tunnel.origin.on(
        "/up",
        r -> {
          MessageDigest d = sha256();
          r.body(
              (b, n) -> {
                lag(lagNanos);
                d.update(b, 0, n);
              });
          r.reply(200, HexFormat.of().formatHex(d.digest()));
        });
    try (Caller c = new Caller(tunnel.port)) {
      c.head("POST", tunnel.origin.url("/up"), "Transfer-Encoding: chunked");
      for (int i = 0; i < mib; i++) c.chunk(PIECE, PIECE.length);
      c.send("0\r\n\r\n");
      return c.answer("POST").text();
    }
  }

  @Test
  void aLargeDownloadIsExact() throws IOException {
    assertEquals(expected(mib()), download(mib(), 0));
  }

  @Test
  void aLargeUploadIsExact() throws IOException {
    assertEquals(expected(mib()), upload(mib(), 0));
  }

  @Test
  void aSlowReaderSlowsTheOriginDown() throws IOException {
    assertEquals(expected(96), download(96, 1_000_000));
  }

  @Test
  void aSlowSinkSlowsTheCallerDown() throws IOException {
    assertEquals(expected(96), upload(96, 1_000_000));
  }

  @Test
  void anEchoRunsBothWaysAtOnce() throws Exception {
    tunnel.origin.on(
        "/duplex",
        r -> {
          r.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
          r.body(r::sendChunk);
          r.send("0\r\n\r\n");
        });
    MessageDigest d = sha256();
    try (Caller c = new Caller(tunnel.port)) {
      c.head("POST", tunnel.origin.url("/duplex"), "Content-Length: " + (100L << 20));
      Future<?> sending =
          threads.submit(
              () -> {
                for (int i = 0; i < 100; i++) c.out.write(PIECE);
                return null;
              });
      Caller.Answer a = c.answerHead();
      assertTrue(c.readBody("POST", a, (b, n) -> d.update(b, 0, n)), "the echo is whole");
      sending.get(5, TimeUnit.SECONDS);
    }
    assertEquals(expected(100), HexFormat.of().formatHex(d.digest()));
  }

  @Test
  void eachPieceArrivesBeforeTheNextIsSent() throws Exception {
    SynchronousQueue<String> turn = new SynchronousQueue<>();
    tunnel.origin.on(
        "/events",
        r -> {
          r.body((b, n) -> {});
          r.send(
              "HTTP/1.1 200 OK\r\n"
                  + "Content-Type: text/event-stream\r\n"
                  + "Transfer-Encoding: chunked\r\n\r\n");
          try {
            for (String event = turn.take(); !event.equals("end"); event = turn.take())
              r.sendChunk(event);
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          r.send("0\r\n\r\n");
        });
    try (Caller c = new Caller(tunnel.port)) {
      c.head("GET", tunnel.origin.url("/events"));
      Caller.Answer a = c.answerHead();
      for (int i = 0; i < 20; i++) {
        String event = "data: " + i + "\n\n";
        assertTrue(turn.offer(event, 10, TimeUnit.SECONDS), "the origin sends on");
        String chunk = Integer.toHexString(event.length()) + "\r\n" + event + "\r\n";
        assertEquals(
            chunk,
            new String(
                c.in.readNBytes(chunk.length()), java.nio.charset.StandardCharsets.US_ASCII));
      }
      assertTrue(turn.offer("end", 10, TimeUnit.SECONDS), "the origin sends on");
      assertTrue(c.readBody("GET", a, (b, n) -> {}));
    }
  }
}
