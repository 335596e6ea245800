package wsp.server.forward;

import wsp.envelope.Headers;
import wsp.server.failure.ProxyError;
import wsp.server.keys.CallerKeys;

/** The first step: whether there is room for a request, and who sends it. Safe for all threads. */
final class Admission {
  /** How it ends. */
  sealed interface Outcome permits Admitted, Refused {}

  /**
   * The caller may ask.
   *
   * @param who it proved to be
   */
  record Admitted(CallerKeys.Identity who) implements Outcome {}

  private final BehindProxies behindProxies;
  private volatile boolean draining;

  /**
   * @param behindProxies counts the requests of each address that a trusted proxy names
   */
  Admission(BehindProxies behindProxies) {
    this.behindProxies = behindProxies;
  }

  /** From now on requests are refused. */
  void drain() {
    draining = true;
  }

  boolean draining() {
    return draining;
  }

  Outcome admit(Arrival arrival) {
    if (draining) return Refused.because(ProxyError.DRAINING);
    Terms terms = arrival.terms();
    Headers fields = arrival.caller().head().headers();
    Object named = terms.forwarding().named(arrival.caller().remote(), fields);
    if (named != null && !behindProxies.enter(arrival.noted(), named, terms.perAddress()))
      return Refused.because(ProxyError.TOO_MANY_CALLERS);
    boolean proxy = arrival.way().isProxy();
    if (arrival.way() instanceof Way.Routed routed && !routed.route().keys())
      return new Admitted(CallerKeys.ANYBODY);
    CallerKeys callers = terms.callers();
    CallerKeys.Identity who = proxy ? callers.admitToProxy(fields) : callers.admit(fields);
    if (who == null)
      return Refused.because(proxy ? ProxyError.PROXY_UNAUTHORIZED : ProxyError.UNAUTHORIZED);
    arrival.noted().caller(who.name());
    return new Admitted(who);
  }
}
