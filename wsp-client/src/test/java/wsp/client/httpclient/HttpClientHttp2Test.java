package wsp.client.httpclient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wsp.address.AddressGuard;
import wsp.client.origin.OriginLimits;
import wsp.client.origin.OriginStream;
import wsp.client.origin.ReplayException;
import wsp.client.origin.ResponseSink;
import wsp.config.ConfigFile;
import wsp.destination.Destination;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;
import wsp.tls.TlsFiles;
import wsp.tls.TlsSettings;

/** The engine at an origin that offers HTTP/2. */
@Timeout(60)
class HttpClientHttp2Test {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final OriginLimits LIMITS = new OriginLimits(LIMIT, LIMIT, LIMIT, 256 << 10);

  static {
    JvmSettings.set(LIMITS);
  }

  private static HttpClientEngine engine(boolean http2) throws Exception {
    TlsSettings tls = TlsSettings.ofClient(ConfigFile.parse("x", "origininsecure: true"), "origin");
    return new HttpClientEngine(LIMITS, AddressGuard.DEFAULT, TlsFiles.client(tls), http2);
  }

  private static CompletableFuture<String> get(HttpClientEngine engine, String url)
      throws Exception {
    Answer answer = new Answer();
    OriginStream stream =
        engine.prepare(
            new RequestEnvelope("GET", url, Headers.EMPTY, 0), Destination.parse(url), answer);
    stream.start();
    stream.body(ByteBuffer.allocate(0), true);
    return answer.all;
  }

  @Test
  void requests_share_a_connection_and_wait_for_room_on_it() throws Exception {
    try (Http2Origin origin = new Http2Origin(3);
        HttpClientEngine engine = engine(true)) {
      assertEquals("200 h2", get(engine, origin.url()).get(20, TimeUnit.SECONDS));
      List<CompletableFuture<String>> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) answers.add(get(engine, origin.url()));
      for (CompletableFuture<String> answer : answers)
        assertEquals("200 h2", answer.get(20, TimeUnit.SECONDS));
      assertTrue(origin.mostAtATime() <= 3, origin.mostAtATime() + " at a time");
    }
  }

  @Test
  void without_originhttp2_it_is_not_offered() throws Exception {
    try (Http2Origin origin = new Http2Origin(3);
        HttpClientEngine engine = engine(false)) {
      assertEquals("200 h1", get(engine, origin.url()).get(20, TimeUnit.SECONDS));
    }
  }

  /** Status and body, or the failure. */
  private static final class Answer implements ResponseSink {
    final CompletableFuture<String> all = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public void onConnected() {}

    @Override
    public void onHead(ResponseEnvelope head) {
      text.append(head.status()).append(' ');
    }

    @Override
    public void onPause() {}

    @Override
    public boolean onBody(ByteBuffer piece, boolean last) {
      text.append(StandardCharsets.US_ASCII.decode(piece));
      if (last) all.complete(text.toString());
      return true;
    }

    @Override
    public void onRequestTaken() {}

    @Override
    public void onFailure(ReplayException failure) {
      all.complete(failure.failure() + " " + failure.getMessage());
    }
  }
}
