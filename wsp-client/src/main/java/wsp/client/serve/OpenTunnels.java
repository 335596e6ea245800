package wsp.client.serve;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wsp.client.origin.ReplayException;
import wsp.destination.Destination;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.UpgradeField;
import wsp.observe.ExchangeObserver;
import wsp.observe.ExchangeRecord;
import wsp.process.BoundedExecutor;
import wsp.process.OneByOne;
import wsp.process.Safely;

/**
 * The tunnels and upgrades under way here. Nothing but their two ends ends them: so each new
 * configuration judges them again, while it leaves requests to the one that they came under. Safe
 * for all threads.
 */
public final class OpenTunnels implements ExchangeObserver {
  /** One of them, and who ends it. */
  private static final class Open {
    final ExchangeRecord noted;
    final RequestEnvelope request;
    final Consumer<ReplayException> ends;

    /** By the terms that it came under; before that, nobody else judges it. */
    volatile boolean accepted;

    Open(ExchangeRecord noted, RequestEnvelope request, Consumer<ReplayException> ends) {
      this.noted = noted;
      this.request = request;
      this.ends = ends;
    }

    /** Ends it if it may not be any more; true if the rules are dear to ask, and were not. */
    boolean judge(Terms by, boolean wholly) {
      ExchangeRecord unseen = new ExchangeRecord("", "", request.method(), "");
      try {
        Destination to = Judging.destination(request, by.tunnelPorts(), true, unseen);
        Headers seen = request.seen();
        String method = request.method();
        if (!wholly && Judging.isCostly(by.rules().cost(method, to, seen))) return true;
        Judging.judge(by.rules(), method, to, seen, unseen);
      } catch (ReplayException e) {
        ends.accept(e);
      }
      return false;
    }
  }

  private final Map<ExchangeRecord, Open> all = new ConcurrentHashMap<>();

  private final OneByOne<Open> dear = new OneByOne<>(this::judge);

  /** The last that came while this client ran; null: none. */
  private volatile @Nullable Terms latest;

  /** From now on, those that begin are judged by these, too. */
  void use(Terms next) {
    latest = next;
  }

  /**
   * One that may be one of those, before it is judged.
   *
   * @param ends it, on any thread
   */
  void begins(ExchangeRecord noted, RequestEnvelope request, Consumer<ReplayException> ends) {
    if (Destination.isTunnel(request.url()) || request.headers().has(UpgradeField.NAME))
      all.put(noted, new Open(noted, request, ends));
  }

  /** One that these terms allow; others may have come meanwhile. */
  void accepted(ExchangeRecord noted, Terms by, BoundedExecutor workers) {
    Open one = all.get(noted);
    if (one == null) return;
    one.accepted = true;
    Terms now = latest;
    if (now != null && !now.equals(by)) judge(one, now, workers);
  }

  @Override
  public void ended(ExchangeRecord noted) {
    all.remove(noted);
  }

  /** How many there are. */
  int count() {
    return all.size();
  }

  /** Ends those that may not be any more: those that are dear to judge later, one by one. */
  void judge(Terms by, BoundedExecutor workers) {
    Safely.each(all.values(), one -> judge(one, by, workers));
  }

  private void judge(Open one, Terms by, BoundedExecutor workers) {
    if (one.accepted && one.judge(by, false)) dear.add(one, workers);
  }

  /** By the latest terms, which may have come while it waited for that. */
  private void judge(Open one) {
    Terms by = latest;
    if (by != null && all.containsKey(one.noted)) one.judge(by, true);
  }
}
