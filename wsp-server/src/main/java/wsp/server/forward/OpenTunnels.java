package wsp.server.forward;

import wsp.observe.LastingExchanges;
import wsp.process.BoundedExecutor;
import wsp.server.failure.ProxyError;
import wsp.server.keys.CallerKeys;

/** The tunnels and upgrades of callers, judged by the same steps as when they came. */
public final class OpenTunnels extends LastingExchanges<Exchange, Terms> {
  /** One that is judged by the terms that it came under, after which others may have come. */
  void begins(Exchange one, BoundedExecutor workers) {
    add(one.asked.noted(), one);
    judgedBy(one.asked.arrival().terms(), one.asked.noted(), workers);
  }

  @Override
  protected boolean judge(Exchange one, Terms by, boolean wholly) {
    ProxyRequest asked = one.asked;
    Arrival again = asked.arrival().again(by);
    CallerKeys.Identity who = Admission.identify(again);
    if (again.way() instanceof Way.Closed closed)
      one.end(Refused.because(closed.error(), closed.detail()));
    else if (who == null) one.end(Refused.because(ProxyError.UNAUTHORIZED));
    else if (!wholly && (OnRoute.isCostly(again) || Judging.isCostly(asked.under(again, who))))
      return true;
    else judge(one, again, who);
    return false;
  }

  private static void judge(Exchange one, Arrival again, CallerKeys.Identity who) {
    Parsing.Outcome outcome = Parsing.parse(again, who);
    if (outcome instanceof ProxyRequest parsed) outcome = Judging.judge(parsed);
    if (outcome instanceof Refused why) one.end(why);
    else if (outcome instanceof ProxyRequest now && !now.isLike(one.asked))
      one.end(Refused.because(ProxyError.FORBIDDEN));
  }
}
