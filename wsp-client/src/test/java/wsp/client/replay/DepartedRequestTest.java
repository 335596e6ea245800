package wsp.client.replay;

import java.util.concurrent.ScheduledExecutorService;
import wsp.address.NameLookup;
import wsp.client.net.Reactor;
import wsp.client.origin.DepartedRequests;
import wsp.client.origin.OriginEngine;
import wsp.client.origin.OriginLimits;
import wsp.process.Threads;
import wsp.tls.TlsFiles;

/** Requests of our own engine that are over. */
class DepartedRequestTest extends DepartedRequests {
  @Override
  protected OriginEngine engine(OriginLimits limits, TlsFiles tls, NameLookup names) {
    Reactor reactor = new Reactor(1);
    closeAfterwards(reactor);
    ScheduledExecutorService timer = Threads.timer("test-timer");
    closeAfterwards(timer::shutdownNow);
    Replayer replayer = new Replayer(limits, HEADS, tls, reactor, timer, names);
    closeAfterwards(replayer);
    return replayer;
  }

  @Override
  protected boolean isOurs() {
    return true;
  }
}
