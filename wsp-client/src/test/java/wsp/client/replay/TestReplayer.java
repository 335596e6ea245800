package wsp.client.replay;

import java.time.Duration;
import java.util.List;
import wsp.address.AddressGuard;
import wsp.client.net.Reactor;
import wsp.client.origin.HeadMemory;
import wsp.client.origin.OriginLimits;
import wsp.client.origin.OriginStream;
import wsp.client.origin.Origins;
import wsp.client.origin.ResponseSink;
import wsp.config.ConfigException;
import wsp.destination.Destination;
import wsp.envelope.RequestEnvelope;

/** The engine on one I/O thread, with limits that no test comes near. */
final class TestReplayer implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final HeldTimer timer = new HeldTimer();
  private final Reactor reactor = new Reactor(1);
  private final Replayer replayer;
  private final Origins origins;

  TestReplayer() throws ConfigException {
    this(new HeadMemory(1 << 20, LIMIT), 8192);
  }

  TestReplayer(HeadMemory heads, int maxHeader) throws ConfigException {
    replayer =
        new Replayer(
            new OriginLimits(LIMIT, LIMIT, Duration.ofSeconds(60), maxHeader),
            heads,
            TestOrigin.trusting(),
            reactor,
            timer);
    origins = replayer.guard(new AddressGuard(List.of(), List.of()));
  }

  OriginStream prepare(RequestEnvelope request, Destination to, ResponseSink sink) {
    return origins.prepare(request, to, sink);
  }

  Replayer engine() {
    return replayer;
  }

  /** What is to be done soon waits for this. */
  void timerWaitsFor(Runnable what) {
    timer.execute(what);
  }

  /** An origin has no time of its own to say whether it wants a body: {@link HeldTimer#expire}. */
  HeldTimer holdExpectations() {
    timer.hold(Replayer.CONTINUE_MILLIS);
    return timer;
  }

  @Override
  public void close() {
    replayer.close();
    reactor.close();
    timer.shutdownNow();
  }
}
