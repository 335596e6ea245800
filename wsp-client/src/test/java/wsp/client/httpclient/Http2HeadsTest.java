package wsp.client.httpclient;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wsp.address.AddressGuard;
import wsp.client.origin.HeadMemory;
import wsp.client.origin.OriginLimits;
import wsp.client.origin.Origins;
import wsp.config.ConfigFile;
import wsp.testing.Await;
import wsp.tls.TlsFiles;
import wsp.tls.TlsSettings;

/** Heads over HTTP/2 that are begun and not ended. */
@Timeout(60)
class Http2HeadsTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final OriginLimits LIMITS = new OriginLimits(LIMIT, LIMIT, LIMIT, 256 << 10);

  static {
    JvmSettings.set(LIMITS, 100);
  }

  /** Room for two of those that the origins begin, which count some 44 KB. */
  private static final int ROOM = 100_000;

  private static final int FIELDS = 100;

  private final HeadMemory heads = new HeadMemory(ROOM, LIMIT);
  private HttpClientEngine engine;
  private Origins origins;

  @BeforeEach
  void start() throws Exception {
    Assumptions.assumeTrue(JvmSettings.speaksHttp2());
    TlsSettings tls = TlsSettings.ofClient(ConfigFile.parse("x", "origininsecure: true"), "origin");
    engine = new HttpClientEngine(LIMITS, heads, TlsFiles.client(tls), true);
    origins = engine.guard(AddressGuard.DEFAULT);
  }

  @AfterEach
  void stop() {
    if (engine != null) engine.close();
  }

  private CompletableFuture<String> get(Http2Origin origin) throws Exception {
    return Answer.get(origins, origin.url());
  }

  private static Http2Origin origin(boolean ends) throws Exception {
    Http2Origin origin = new Http2Origin(3);
    origin.answersInPieces(FIELDS);
    if (!ends) origin.endsNoHead();
    return origin;
  }

  @Test
  void oneInPiecesArrivesAndLeavesNothing() throws Exception {
    try (Http2Origin origin = origin(true)) {
      for (int i = 0; i < 5; i++) assertEquals("200 h2", get(origin).get(20, SECONDS));
      assertEquals(0, heads.used());
      assertEquals(1, origin.connections());
    }
  }

  @Test
  void oneThatIsNotEndedInTimeFails() throws Exception {
    try (Http2Origin origin = origin(false)) {
      CompletableFuture<String> answer = get(origin);
      Await.until("memory of heads", () -> heads.used() > 0);
      heads.sweep(System.nanoTime() + LIMIT.toNanos() - SECONDS.toNanos(5));
      assertTrue(heads.used() > 0);
      heads.sweep(System.nanoTime() + LIMIT.toNanos());
      assertEquals(
          "NO_ANSWER the origin began the head of its answer, and did not end it in time",
          answer.get(10, SECONDS));
      assertEquals(0, heads.used());
    }
  }

  @Test
  void theEldestFailsWhereThereIsNoRoom() throws Exception {
    try (Http2Origin one = origin(false);
        Http2Origin two = origin(false);
        Http2Origin three = origin(false);
        Http2Origin honest = origin(true)) {
      CompletableFuture<String> first = get(one);
      Await.until("memory of heads", () -> heads.used() > ROOM / 3);
      CompletableFuture<String> second = get(two);
      Await.until("memory of heads", () -> heads.used() > 2 * ROOM / 3);
      CompletableFuture<String> third = get(three);
      assertEquals(
          "NO_MEMORY the heads of answers that have begun here are too long",
          first.get(10, SECONDS));
      assertTrue(heads.used() <= ROOM);
      assertEquals("200 h2", get(honest).get(10, SECONDS));
      assertTrue(!second.isDone() || !third.isDone());
    }
  }

  @Test
  void itsMemoryIsFreeWhenTheOriginLeaves() throws Exception {
    try (Http2Origin origin = origin(false)) {
      origin.endsConnections();
      String answer = get(origin).get(10, SECONDS);
      assertTrue(answer.startsWith("CLOSED_EARLY"), answer);
      Await.until("memory of heads", () -> heads.used() == 0);
    }
  }
}
