package wsp.client.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import wsp.address.AddressGuard;
import wsp.client.net.Reactor;
import wsp.client.origin.Failure;
import wsp.client.origin.HeadMemory;
import wsp.client.origin.OriginLimits;
import wsp.client.origin.OriginStream;
import wsp.client.origin.ReplayException;
import wsp.client.origin.ResponseSink;
import wsp.destination.Destination;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;
import wsp.tls.TlsFiles;
import wsp.tls.TlsSettings;

class StoppedReplayerTest {
  @Test
  void aClientWithoutAThreadForItSaysThatItIsItsOwnFault() throws Exception {
    Duration limit = Duration.ofSeconds(5);
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    CompletableFuture<Failure> failed = new CompletableFuture<>();
    try (Reactor reactor = new Reactor(1)) {
      Replayer replayer =
          new Replayer(
              new OriginLimits(limit, limit, limit, 1000),
              new HeadMemory(1 << 20, limit),
              TlsFiles.client(TlsSettings.DEFAULT),
              reactor,
              timer);
      replayer.close();
      OriginStream replay =
          replayer
              .guard(AddressGuard.DEFAULT)
              .prepare(
                  new RequestEnvelope("GET", "http://a.test/", Headers.EMPTY, 0),
                  Destination.parse("http://a.test/"),
                  new FailureSink(failed));
      replay.start();
      assertTrue(replay.body(ByteBuffer.allocate(0), true));
      assertEquals(Failure.INTERNAL, failed.get(5, TimeUnit.SECONDS));
    } finally {
      timer.shutdownNow();
    }
  }

  /** Takes a failure and nothing else. */
  private record FailureSink(CompletableFuture<Failure> failed) implements ResponseSink {
    @Override
    public void onConnected() {}

    @Override
    public void onHead(ResponseEnvelope head) {
      throw new AssertionError("an answer");
    }

    @Override
    public void onPause() {}

    @Override
    public boolean onBody(ByteBuffer piece, boolean last) {
      throw new AssertionError("a body");
    }

    @Override
    public void onRequestTaken() {}

    @Override
    public void onFailure(ReplayException failure) {
      failed.complete(failure.failure());
    }
  }
}
