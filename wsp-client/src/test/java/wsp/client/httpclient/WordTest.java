package wsp.client.httpclient;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.address.AddressGuard;
import wsp.client.origin.HeadMemory;
import wsp.client.origin.OriginLimits;
import wsp.client.origin.Origins;
import wsp.testing.Await;
import wsp.tls.TlsFiles;
import wsp.tls.TlsSettings;

@Timeout(60)
class WordTest {
  private static final String WORD = "0123456789abcdef0123456789abcdef";
  private static final String LINE = "/" + Word.FIELD + ": " + WORD;
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration STALL = Duration.ofSeconds(5);
  private static final OriginLimits LIMITS =
      new OriginLimits(LIMIT, LIMIT, Duration.ZERO, 256 << 10);

  static {
    JvmSettings.set(LIMITS, 100);
  }

  /** A slash stands for the end of a line, and W for the field. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "GET a/H: bW//,              GET a/H: b//,             true",
        "GET aW/H: b//,              GET a/H: b//,             true",
        "GET aW/H: b//bodyW//,       GET a/H: b//bodyW//,      true",
        "GET a/H: b//bodyW//more,    GET a/H: b//bodyW//more,  false",
        "GET a/H: b//,               GET a/H: b//,             false",
        "GET a/H: wsp-exchange: xW//, GET a/H: wsp-exchange: x//, true",
        "GET a/,                     GET a/,                   false",
        "W,                          -,                        true",
      })
  void itIsTakenOutOfAHeadAndNowhereElse(String head, String left, boolean found) {
    ByteBuffer buffer = StandardCharsets.ISO_8859_1.encode(wire(head));
    assertEquals(found ? WORD : null, Word.takeFrom(buffer));
    String expected = wire(left == null ? "" : left);
    assertEquals(expected, StandardCharsets.ISO_8859_1.decode(buffer).toString());
  }

  private static String wire(String text) {
    return text.replace("W", LINE).replace("/", "\r\n");
  }

  /** What the origin gets of a request until its head ends. */
  private static String head(Socket from) throws IOException {
    StringBuilder all = new StringBuilder();
    while (all.indexOf("\r\n\r\n") < 0) {
      int c = from.getInputStream().read();
      if (c < 0) throw new IOException("no head: " + all);
      all.append((char) c);
    }
    return all.toString();
  }

  private static void write(Socket to, String text) throws IOException {
    to.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Both have no id, as those of an original server; nothing but the word tells them apart. */
  @Test
  void ofTwoRequestsAlikeTheOneFailsWhoseHeadIsLate() throws Exception {
    HeadMemory heads = new HeadMemory(1 << 20, STALL);
    HttpClientEngine engine =
        new HttpClientEngine(LIMITS, heads, TlsFiles.client(TlsSettings.DEFAULT), true);
    try (ServerSocket origin = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Origins origins = engine.guard(AddressGuard.DEFAULT);
      String url = "http://127.0.0.1:" + origin.getLocalPort() + "/";
      CompletableFuture<String> elder = Answer.get(origins, url);
      try (Socket first = origin.accept()) {
        String sent = head(first);
        CompletableFuture<String> younger = Answer.get(origins, url);
        try (Socket second = origin.accept()) {
          assertEquals(sent, head(second));
          assertFalse(sent.contains(Word.FIELD), sent);
          write(second, "HTTP/1.1 200 OK\r\nA: " + "b".repeat(10_000));
          Await.until("the head is counted", () -> heads.used() > 0);
          engine.sweep(System.nanoTime() + STALL.toNanos());
          assertEquals("NO_ANSWER", younger.get(10, SECONDS).split(" ")[0]);
          write(first, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
          assertEquals("200 ok", elder.get(10, SECONDS));
        }
      }
    } finally {
      engine.close();
    }
  }

  @Test
  void noTwoAreAlike() {
    assertNotEquals(Word.make(), Word.make());
    assertEquals(WORD.length(), Word.make().length());
  }
}
