package wsp.server.forward;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import wsp.observe.ExchangeObserver;
import wsp.observe.ExchangeRecord;
import wsp.process.BoundedExecutor;
import wsp.process.OneByOne;
import wsp.process.Safely;
import wsp.server.failure.ProxyError;
import wsp.server.keys.CallerKeys;

/**
 * The tunnels and upgrades under way. Nothing but their two ends ends them, so that a key that was
 * withdrawn would hold for as long as its holder likes: each new configuration judges them again,
 * while it leaves requests to the one that they came under. Safe for all threads.
 */
public final class OpenTunnels implements ExchangeObserver {
  private final Map<ExchangeRecord, Exchange> all = new ConcurrentHashMap<>();

  private final OneByOne<Exchange> dear = new OneByOne<>(this::judge);

  /** The last that came while this server ran; null: none. */
  private volatile @Nullable Terms latest;

  /** From now on, those that begin are judged by these, too. */
  void use(Terms next) {
    latest = next;
  }

  /** One that is judged by the terms that it came under, after which others may have come. */
  void begins(Exchange one, BoundedExecutor workers) {
    all.put(one.asked.noted(), one);
    Terms now = latest;
    if (now != null && !now.equals(one.asked.arrival().terms())) judge(one, now, workers);
  }

  @Override
  public void ended(ExchangeRecord noted) {
    all.remove(noted);
  }

  /** Ends those that may not be any more: those that are dear to judge later, one by one. */
  void judge(Terms by, BoundedExecutor workers) {
    Safely.each(all.values(), one -> judge(one, by, workers));
  }

  private void judge(Exchange one, Terms by, BoundedExecutor workers) {
    ProxyRequest asked = one.asked;
    Arrival again = asked.arrival().again(by);
    CallerKeys.Identity who = Admission.identify(again);
    if (again.way() instanceof Way.Closed closed)
      one.end(Refused.because(closed.error(), closed.detail()));
    else if (who == null) one.end(Refused.because(ProxyError.UNAUTHORIZED));
    else if (OnRoute.isCostly(again) || Judging.isCostly(asked.under(again, who)))
      dear.add(one, workers);
    else judge(one, again, who);
  }

  /** By the latest terms, which may have come while it waited for that. */
  private void judge(Exchange one) {
    Terms by = latest;
    if (by == null || !all.containsKey(one.asked.noted())) return;
    Arrival again = one.asked.arrival().again(by);
    CallerKeys.Identity who = Admission.identify(again);
    // Otherwise the latest terms have ended it already.
    if (who != null && !(again.way() instanceof Way.Closed)) judge(one, again, who);
  }

  private static void judge(Exchange one, Arrival again, CallerKeys.Identity who) {
    Parsing.Outcome outcome = Parsing.parse(again, who);
    if (outcome instanceof ProxyRequest parsed) outcome = Judging.judge(parsed);
    if (outcome instanceof Refused why) one.end(why);
    else if (outcome instanceof ProxyRequest now && !now.isLike(one.asked))
      one.end(Refused.because(ProxyError.FORBIDDEN));
  }
}
