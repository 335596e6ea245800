package wsp.server.forward;

import org.jspecify.annotations.Nullable;
import wsp.envelope.Headers;
import wsp.server.failure.ProxyError;
import wsp.server.keys.CallerKeys;

/** The first step: whether there is room for a request, and who sends it. Safe for all threads. */
final class Admission {
  sealed interface Outcome permits Admitted, Refused {}

  /** The caller may ask, and has proved to be this one. */
  record Admitted(CallerKeys.Identity who) implements Outcome {}

  private final RequestsUnderWay counts;
  private volatile boolean draining;

  Admission(RequestsUnderWay counts) {
    this.counts = counts;
  }

  void drain() {
    draining = true;
  }

  boolean draining() {
    return draining;
  }

  Outcome admit(Arrival arrival) {
    if (draining) return Refused.because(ProxyError.DRAINING);
    ProxyError ofPage = PageCheck.refusal(arrival);
    if (ofPage != null) return Refused.because(ofPage);
    Terms terms = arrival.terms();
    Headers fields = arrival.caller().head().headers();
    Object named = terms.forwarding().named(arrival.caller().remote(), fields);
    if (named != null) arrival.caller().isOf(named, false);
    if (named != null && !counts.enter(arrival.noted(), named, terms.perAddress()))
      return Refused.because(ProxyError.TOO_MANY_CALLERS);
    CallerKeys.Identity who = identify(arrival);
    if (who == null)
      return Refused.because(
          arrival.way().isProxy() ? ProxyError.PROXY_UNAUTHORIZED : ProxyError.UNAUTHORIZED);
    arrival.noted().caller(who.name());
    Object owner = RequestsUnderWay.owner(who, arrival.caller().remote(), named);
    if (owner == null) return new Admitted(who);
    arrival.caller().isOf(owner, !who.name().isEmpty());
    return counts.enterOf(arrival.noted(), owner, terms.perCaller())
        ? new Admitted(who)
        : Refused.because(ProxyError.TOO_MANY_AT_ONCE);
  }

  /** Who sends it; null if it had to show a key that is known, and has not. */
  static CallerKeys.@Nullable Identity identify(Arrival arrival) {
    if (arrival.way() instanceof Way.Routed routed && !routed.route().keys())
      return CallerKeys.ANYBODY;
    CallerKeys callers = arrival.terms().callers();
    Headers fields = arrival.caller().head().headers();
    return arrival.way().isProxy() ? callers.admitToProxy(fields) : callers.admit(fields);
  }
}
