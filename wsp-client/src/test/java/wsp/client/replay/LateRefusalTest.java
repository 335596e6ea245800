package wsp.client.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.client.origin.Failure;
import wsp.client.origin.OriginStream;
import wsp.client.origin.ReplayException;
import wsp.config.ConfigException;
import wsp.destination.Destination;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;

/**
 * An origin that demands a certificate of this side, which has none: over TLS 1.2 it refuses within
 * the handshake, over TLS 1.3 behind it, where an answer is waited for.
 */
@Timeout(60)
class LateRefusalTest {
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aMissingCertificateIsToldAsThat(String version) throws Exception {
    try (TestOrigin origin = new TestOrigin(version);
        TestReplayer replayer = new TestReplayer()) {
      Collector sink = new Collector(() -> {});
      RequestEnvelope envelope = new RequestEnvelope("GET", origin.url(), Headers.EMPTY, 0);
      OriginStream replay = replayer.prepare(envelope, Destination.parse(origin.url()), sink);
      replay.start();
      var unused = replay.body(ByteBuffer.allocate(0), true);
      origin.refuse();
      // Where the refusal comes before the request is out, another connection is tried, once.
      var second = CompletableFuture.runAsync(() -> refuseOneMore(origin));
      ExecutionException e = assertThrows(ExecutionException.class, sink::answer);
      ReplayException failure = assertInstanceOf(ReplayException.class, e.getCause());
      assertEquals(Failure.TLS, failure.failure());
      assertTrue(failure.getMessage().contains("refused with the alert"), failure.getMessage());
    }
  }

  private static void refuseOneMore(TestOrigin origin) {
    try {
      origin.refuse();
    } catch (IOException e) {
      // None came before the end.
    } catch (ConfigException e) {
      throw new AssertionError(e);
    }
  }
}
