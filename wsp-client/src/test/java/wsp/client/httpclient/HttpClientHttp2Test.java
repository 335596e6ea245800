package wsp.client.httpclient;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.address.AddressGuard;
import wsp.address.AddressRange;
import wsp.client.origin.HeadMemory;
import wsp.client.origin.OriginLimits;
import wsp.client.origin.Origins;
import wsp.config.ConfigFile;
import wsp.tls.TlsFiles;
import wsp.tls.TlsSettings;
import wsp.tunnel.Stream;

/** The engine at an origin that offers HTTP/2. */
@Timeout(60)
class HttpClientHttp2Test {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final OriginLimits LIMITS = new OriginLimits(LIMIT, LIMIT, LIMIT, 256 << 10);

  static {
    JvmSettings.set(LIMITS, 100);
  }

  private record Running(HttpClientEngine engine, Origins origins) implements AutoCloseable {
    @Override
    public void close() {
      engine.close();
    }
  }

  private static Running engine(boolean http2) throws Exception {
    TlsSettings tls = TlsSettings.ofClient(ConfigFile.parse("x", "origininsecure: true"), "origin");
    HeadMemory heads = new HeadMemory(1 << 20, LIMIT);
    HttpClientEngine engine = new HttpClientEngine(LIMITS, heads, TlsFiles.client(tls), http2);
    return new Running(engine, engine.guard(AddressGuard.DEFAULT));
  }

  private static CompletableFuture<String> get(Running engine, String url) throws Exception {
    return Answer.get(engine.origins, url);
  }

  /** Before, HttpClient's HTTP/2 is not fit for use: see {@link JvmSettings}. */
  @Test
  void itIsOfferedFromJava25On() throws Exception {
    boolean offered = Runtime.version().feature() >= 25;
    try (Http2Origin origin = new Http2Origin(3);
        Running engine = engine(true)) {
      assertEquals(offered ? "200 h2" : "200 h1", get(engine, origin.url()).get(20, SECONDS));
    }
  }

  @Test
  void aBurstAtAColdOriginMakesOneConnection() throws Exception {
    assumeTrue(JvmSettings.speaksHttp2());
    try (Http2Origin origin = new Http2Origin(50);
        Running engine = engine(true)) {
      List<CompletableFuture<String>> answers = new ArrayList<>();
      for (int i = 0; i < 40; i++) answers.add(get(engine, origin.url()));
      for (CompletableFuture<String> answer : answers)
        assertEquals("200 h2", answer.get(20, SECONDS));
      assertEquals(1, origin.connections());
    }
  }

  @Test
  void aRequestThatAnOriginHasNotLookedAtIsSentAgain() throws Exception {
    assumeTrue(JvmSettings.speaksHttp2());
    try (Http2Origin origin = new Http2Origin(3);
        Running engine = engine(true)) {
      assertEquals("200 h2", get(engine, origin.url()).get(20, SECONDS));
      origin.leaveAtNext();
      assertEquals("200 h2", get(engine, origin.url()).get(20, SECONDS));
      assertEquals(2, origin.connections());
    }
  }

  @Test
  void anOriginMaySayAHundredTimesThatItWorksStill() throws Exception {
    assumeTrue(JvmSettings.speaksHttp2());
    try (Http2Origin origin = new Http2Origin(3);
        Running engine = engine(true)) {
      origin.workOn(Stream.MAX_INTERIM);
      assertEquals("200 h2", get(engine, origin.url()).get(20, SECONDS));
      origin.workOn(Stream.MAX_INTERIM + 1);
      assertNotEquals("200 h2", get(engine, origin.url()).handle((a, e) -> a).get(20, SECONDS));
    }
  }

  @Test
  void callersThatDoNotReadLeaveRoomForOthers() throws Exception {
    assumeTrue(JvmSettings.speaksHttp2());
    try (Http2Origin origin = new Http2Origin(3);
        Running engine = engine(true)) {
      assertEquals("200 h2", get(engine, origin.url()).get(20, SECONDS));
      assertTrue(
          origin.window() >= (StreamLimit.USUAL + 1L) * origin.streamWindow(),
          origin.window() + " for streams of " + origin.streamWindow());
    }
  }

  @Test
  void requestsShareAConnectionAndWaitForRoomOnIt() throws Exception {
    assumeTrue(JvmSettings.speaksHttp2());
    try (Http2Origin origin = new Http2Origin(3);
        Running engine = engine(true)) {
      assertEquals("200 h2", get(engine, origin.url()).get(20, SECONDS));
      List<CompletableFuture<String>> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) answers.add(get(engine, origin.url()));
      for (CompletableFuture<String> answer : answers)
        assertEquals("200 h2", answer.get(20, SECONDS));
      assertTrue(origin.mostAtATime() <= 3, origin.mostAtATime() + " at a time");
    }
  }

  @Test
  void anOriginThatTakesNoRequestAtAllIsNotAskedForEver() throws Exception {
    assumeTrue(JvmSettings.speaksHttp2());
    try (Http2Origin origin = new Http2Origin(0);
        Running engine = engine(true)) {
      // It is on its way before the origin has said so.
      assertEquals("200 h2", get(engine, origin.url()).get(20, SECONDS));
      String answer = get(engine, origin.url()).get(20, SECONDS);
      assertTrue(answer.contains("too many concurrent streams"), answer);
    }
  }

  @Test
  void withoutOriginhttp2ItIsNotOffered() throws Exception {
    try (Http2Origin origin = new Http2Origin(3);
        Running engine = engine(false)) {
      assertEquals("200 h1", get(engine, origin.url()).get(20, SECONDS));
    }
  }

  @Test
  void aRequestGoesByNoConnectionThatWasOpenedUnderAnotherGuard() throws Exception {
    AddressGuard narrow =
        new AddressGuard(List.of(AddressRange.parse("10.0.0.0/8")), AddressGuard.DEFAULT_DENIED);
    try (Http2Origin origin = new Http2Origin(3);
        Running engine = engine(false)) {
      Origins shut = engine.engine.guard(narrow);
      Origins open = engine.engine.guard(AddressGuard.DEFAULT);
      assertEquals("200 h1", Answer.get(open, origin.url()).get(20, SECONDS));
      String answer = Answer.get(shut, origin.url()).get(20, SECONDS);
      assertTrue(answer.startsWith("PROHIBITED_ADDRESS "), answer);
      assertEquals(1, origin.connections());
    }
  }

  /** PING, and a type that nobody knows. */
  @ParameterizedTest
  @ValueSource(ints = {6, 99})
  void anOriginThatSaysNothingWithoutEndIsNotHeard(int type) throws Exception {
    assumeTrue(JvmSettings.speaksHttp2());
    try (Http2Origin origin = new Http2Origin(3);
        Running engine = engine(true)) {
      origin.floodWith(type);
      String answer = get(engine, origin.url()).get(20, SECONDS);
      assertTrue(answer.startsWith("INVALID_RESPONSE the origin sends frames of HTTP/2"), answer);
    }
  }
}
