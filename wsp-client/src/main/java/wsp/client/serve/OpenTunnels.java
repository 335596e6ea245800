package wsp.client.serve;

import java.util.function.Consumer;
import wsp.client.origin.ReplayException;
import wsp.destination.Destination;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.UpgradeField;
import wsp.observe.ExchangeRecord;
import wsp.observe.LastingExchanges;
import wsp.process.BoundedExecutor;

/** The tunnels and upgrades under way here, judged by this client's ports and rules. */
public final class OpenTunnels extends LastingExchanges<OpenTunnels.Open, Terms> {
  /** One of them, and who ends it. */
  static final class Open {
    private final RequestEnvelope request;
    private final Consumer<ReplayException> ends;

    /** By the terms that it came under; before that, nobody else judges it. */
    private volatile boolean accepted;

    Open(RequestEnvelope request, Consumer<ReplayException> ends) {
      this.request = request;
      this.ends = ends;
    }
  }

  /**
   * One that may be one of those, before it is judged.
   *
   * @param ends it, on any thread
   */
  void begins(ExchangeRecord noted, RequestEnvelope request, Consumer<ReplayException> ends) {
    if (Destination.isTunnel(request.url()) || request.headers().has(UpgradeField.NAME))
      add(noted, new Open(request, ends));
  }

  /** One that these terms allow; others may have come meanwhile. */
  void accepted(ExchangeRecord noted, Terms by, BoundedExecutor workers) {
    Open one = get(noted);
    if (one == null) return;
    one.accepted = true;
    judgedBy(by, noted, workers);
  }

  @Override
  protected boolean judge(Open one, Terms by, boolean wholly) {
    if (!one.accepted) return false;
    RequestEnvelope request = one.request;
    ExchangeRecord unseen = new ExchangeRecord("", "", request.method(), "");
    try {
      Destination to = Judging.destination(request, by.tunnelPorts(), true, unseen);
      Headers seen = request.seen();
      String method = request.method();
      if (!wholly && Judging.isCostly(by.rules().cost(method, to, seen))) return true;
      Judging.judge(by.rules(), method, to, seen, unseen);
    } catch (ReplayException e) {
      one.ends.accept(e);
    }
    return false;
  }
}
