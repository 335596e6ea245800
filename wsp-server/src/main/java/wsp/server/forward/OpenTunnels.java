package wsp.server.forward;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import wsp.observe.ExchangeObserver;
import wsp.observe.ExchangeRecord;
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

  /** The last that came while this server ran; null: none. */
  private volatile @Nullable Terms latest;

  /** One that is judged by the terms that it came under, after which others may have come. */
  void begins(Exchange one) {
    all.put(one.asked.noted(), one);
    Terms now = latest;
    if (now != null && !now.equals(one.asked.arrival().terms())) judge(one, now);
  }

  @Override
  public void ended(ExchangeRecord noted) {
    all.remove(noted);
  }

  /** Ends those that may not be any more; from now on, those that begin are judged by it, too. */
  void judge(Terms by) {
    latest = by;
    Safely.each(all.values(), one -> judge(one, by));
  }

  /** Ends it if it may not be any more. */
  private static void judge(Exchange one, Terms by) {
    Refused why = refusal(one.asked, by);
    if (why != null) one.end(why);
  }

  private static @Nullable Refused refusal(ProxyRequest asked, Terms by) {
    Arrival again = asked.arrival().again(by);
    if (again.way() instanceof Way.Closed closed)
      return Refused.because(closed.error(), closed.detail());
    CallerKeys.Identity who = Admission.identify(again);
    if (who == null) return Refused.because(ProxyError.UNAUTHORIZED);
    Parsing.Outcome outcome = Parsing.parse(again, who);
    if (outcome instanceof ProxyRequest parsed) outcome = Judging.judge(parsed);
    if (outcome instanceof Refused why) return why;
    return outcome instanceof ProxyRequest now && now.isLike(asked)
        ? null
        : Refused.because(ProxyError.FORBIDDEN);
  }
}
