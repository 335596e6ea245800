package wsp.client.serve;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wsp.client.origin.ReplayException;
import wsp.destination.Destination;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.UpgradeField;
import wsp.observe.ExchangeObserver;
import wsp.observe.ExchangeRecord;
import wsp.process.Safely;

/**
 * The tunnels and upgrades under way here. Nothing but their two ends ends them: so each new
 * configuration judges them again, while it leaves requests to the one that they came under. Safe
 * for all threads.
 */
public final class OpenTunnels implements ExchangeObserver {
  /** One of them, and who ends it. */
  private record Open(RequestEnvelope request, Consumer<ReplayException> ends) {
    /** Ends it if it may not be any more. */
    void judge(Terms by) {
      ExchangeRecord unseen = new ExchangeRecord("", "", request.method(), "");
      try {
        Destination to = Judging.destination(request, by.tunnelPorts(), true, unseen);
        Judging.judge(by.rules(), request.method(), to, request.seen(), unseen);
      } catch (ReplayException e) {
        ends.accept(e);
      }
    }
  }

  private final Map<ExchangeRecord, Open> all = new ConcurrentHashMap<>();

  /** The last that came while this client ran; null: none. */
  private volatile @Nullable Terms latest;

  /**
   * One that may be one of those, and is allowed by these terms; others may have come meanwhile.
   *
   * @param ends it, on any thread
   */
  void begins(
      ExchangeRecord noted, RequestEnvelope request, Terms by, Consumer<ReplayException> ends) {
    if (!Destination.isTunnel(request.url()) && !request.headers().has(UpgradeField.NAME)) return;
    Open one = new Open(request, ends);
    all.put(noted, one);
    Terms now = latest;
    if (now != null && !now.equals(by)) one.judge(now);
  }

  @Override
  public void ended(ExchangeRecord noted) {
    all.remove(noted);
  }

  /** Ends those that may not be any more; from now on, those that begin are judged by it, too. */
  void judge(Terms by) {
    latest = by;
    Safely.each(all.values(), one -> one.judge(by));
  }
}
