package wsp.server.forward;

import org.jspecify.annotations.Nullable;
import wsp.envelope.Headers;
import wsp.observe.Outcomes;
import wsp.server.failure.ProxyError;
import wsp.server.listener.RequestListener;
import wsp.tunnel.Reset;

/**
 * A request goes no further: why, for its caller and for the operator.
 *
 * @param detail for the operator, beyond the error's words; or empty
 * @param told to the caller, behind the error's words; or empty
 * @param rule that denied it, in words; or empty
 * @param fields of the answer beyond those of the error
 * @param over the status that is noted where nobody is there any more to be told; 0: the caller is
 */
record Refused(ProxyError error, String detail, String told, String rule, Headers fields, int over)
    implements Admission.Outcome, Parsing.Outcome {

  static Refused because(ProxyError error) {
    return new Refused(error, "", "", "", Headers.EMPTY, 0);
  }

  /** With a detail that the caller is told, too. */
  static Refused because(ProxyError error, String detail) {
    return new Refused(error, detail, detail.isEmpty() ? "" : ": " + detail, "", Headers.EMPTY, 0);
  }

  /** A rule denies it, which only the operator is told. */
  static Refused byRule(ProxyError error, String rule) {
    return new Refused(error, "", "", rule, Headers.EMPTY, 0);
  }

  /** The caller has been told this by its connection, and is gone; null: it has left. */
  static Refused gone(RequestListener.@Nullable Refusal by) {
    if (by == null || !by.isTold()) {
      String detail = by == null ? "" : by.text();
      return new Refused(ProxyError.CALLER_LEFT, detail, "", "", Headers.EMPTY, Outcomes.LEFT);
    }
    ProxyError error = ProxyError.UNREADABLE;
    if (by.status() == 503)
      error =
          by.text().equals(ProxyError.DRAINING.text())
              ? ProxyError.DRAINING
              : ProxyError.TOO_MANY_CALLERS;
    return new Refused(error, by.text(), "", "", Headers.EMPTY, by.status());
  }

  /** What the early end of a stream is to its exchange. */
  static ProxyError error(Reset why) {
    return switch (why) {
      case INVALID -> ProxyError.INVALID_ANSWER;
      case FAILED -> ProxyError.ORIGIN_CUT;
      case STALLED -> ProxyError.ORIGIN_STALLED;
      case REFUSED -> ProxyError.CLIENT_REFUSED;
      case NO_MEMORY -> ProxyError.NO_MEMORY;
      case CANCELLED, LOST -> ProxyError.CONNECTION_LOST;
    };
  }

  boolean isOver() {
    return over != 0;
  }

  /** The same with one more field of the answer. */
  Refused with(String name, String value) {
    return new Refused(error, detail, told, rule, fields.with(name, value), over);
  }
}
