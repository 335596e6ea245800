package wsp.server.forward;

import wsp.rules.AccessRules;
import wsp.rules.Decision;
import wsp.server.failure.ProxyError;

/**
 * The third step: whether a request may be performed. The server's rules judge first, then the
 * caller's own; each of them may deny. Stateless.
 */
final class Judging {
  /** Patterns times input, in characters, beyond which judging takes some milliseconds. */
  private static final long COSTLY = 1_000_000;

  private Judging() {}

  static boolean isCostly(ProxyRequest request) {
    AccessRules all = request.arrival().terms().rules();
    AccessRules own = request.who().rules();
    if (all.isEmpty() && own.isEmpty()) return false;
    return cost(all, request) + cost(own, request) >= COSTLY;
  }

  private static long cost(AccessRules rules, ProxyRequest r) {
    return rules.cost(r.method(), r.destination(), r.headers());
  }

  static Parsing.Outcome judge(ProxyRequest request) {
    Parsing.Outcome judged = judge(request, request.arrival().terms().rules(), "");
    AccessRules own = request.who().rules();
    if (judged instanceof Refused || own.isEmpty()) return judged;
    return judge(request, own, "caller " + request.who().name() + ": ");
  }

  private static Parsing.Outcome judge(ProxyRequest r, AccessRules rules, String whose) {
    if (rules.isEmpty()) return r;
    Decision decision = rules.decide(r.method(), r.destination(), r.headers());
    return switch (decision.verdict()) {
      case ALLOWED -> r;
      case FORBIDDEN -> Refused.byRule(ProxyError.FORBIDDEN, whose + decision.why());
      case NOT_ALLOWED -> Refused.byRule(ProxyError.NOT_ALLOWED, whose + decision.why());
      case UNCLEAR -> Refused.because(ProxyError.INVALID_DESTINATION, decision.why());
    };
  }
}
