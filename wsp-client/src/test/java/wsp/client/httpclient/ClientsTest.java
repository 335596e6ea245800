package wsp.client.httpclient;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import wsp.address.AddressGuard;
import wsp.address.AddressRange;
import wsp.client.origin.HeadMemory;
import wsp.client.origin.OriginLimits;
import wsp.client.origin.Origins;
import wsp.testing.Await;
import wsp.tls.TlsFiles;
import wsp.tls.TlsSettings;

/** The HttpClients of an engine whose configuration and certificates change. */
@Timeout(60)
class ClientsTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final OriginLimits LIMITS =
      new OriginLimits(LIMIT, LIMIT, Duration.ZERO, 256 << 10);

  static {
    JvmSettings.set(LIMITS, 100);
  }

  private HttpClientEngine engine;
  private ServerSocket origin;

  @BeforeEach
  void open() throws Exception {
    HeadMemory heads = new HeadMemory(1 << 20, LIMIT);
    engine = new HttpClientEngine(LIMITS, heads, TlsFiles.client(TlsSettings.DEFAULT), true);
    origin = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    engine.close();
    origin.close();
  }

  private static AddressGuard denying(String range, boolean self) {
    return new AddressGuard(List.of(), List.of(AddressRange.parse(range)), self);
  }

  /** Of each HttpClient there is. */
  private static Set<Thread> selectors() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t.getName().startsWith("HttpClient-"))
        .filter(t -> t.getName().endsWith("-SelectorManager"))
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, false, true",
    "10.0.0.0/9, false, false",
    "10.0.0.0/8, true, false",
  })
  void aGuardThatSaysTheSameHasTheSameOnes(String range, boolean self, boolean same) {
    Origins first = engine.guard(denying("10.0.0.0/8", false));
    assertEquals(same, first == engine.guard(denying(range, self)));
  }

  private enum Change {
    GUARD,
    CERTIFICATES
  }

  @ParameterizedTest
  @EnumSource
  void thoseThatAreLeftEndWithTheirLastRequest(Change change) throws Exception {
    assumeTrue(Runtime.version().feature() >= 21);
    Set<Thread> others = selectors();
    Origins before = engine.guard(denying("10.0.0.0/8", false));
    CompletableFuture<String> last = Answer.get(before, url());
    try (Socket there = origin.accept()) {
      Set<Thread> left = selectors();
      left.removeAll(others);
      assertFalse(left.isEmpty());
      Origins after = before;
      if (change == Change.GUARD) after = engine.guard(denying("10.0.0.0/9", false));
      else engine.trustChanged();
      assertEquals("200 ok", answered(after));
      engine.sweep(System.nanoTime());
      assertTrue(left.stream().allMatch(Thread::isAlive));
      answer(there);
      assertEquals("200 ok", last.get(20, SECONDS));
      engine.sweep(System.nanoTime());
      Await.until("their threads end", () -> left.stream().noneMatch(Thread::isAlive));
    }
    assertEquals("200 ok", answered(before));
  }

  private String url() {
    return "http://127.0.0.1:" + origin.getLocalPort() + "/";
  }

  private String answered(Origins by) throws Exception {
    CompletableFuture<String> all = Answer.get(by, url());
    try (Socket there = origin.accept()) {
      answer(there);
      return all.get(20, SECONDS);
    }
  }

  @Test
  void aPlainOriginIsAskedByItsNameAndNotByTheAddressThatWasChecked() throws Exception {
    Origins by = engine.guard(denying("10.0.0.0/8", false));
    String authority = "localhost:" + origin.getLocalPort();
    CompletableFuture<String> all = Answer.get(by, "http://" + authority + "/");
    try (Socket there = origin.accept()) {
      String head = answer(there);
      assertTrue(head.contains("\r\nHost: " + authority + "\r\n"), head);
      assertEquals("200 ok", all.get(20, SECONDS));
    }
  }

  /** HttpClient takes an answer for nonsense that comes before its request, which is returned. */
  @CanIgnoreReturnValue
  private static String answer(Socket there) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = there.getInputStream().read();
      if (next < 0) throw new EOFException(head.toString());
      head.append((char) next);
    }
    String text = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
    there.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    return head.toString();
  }
}
