package wsp.server.forward;

import org.jspecify.annotations.Nullable;
import wsp.envelope.Headers;
import wsp.observe.Outcomes;
import wsp.server.failure.ProxyError;
import wsp.server.listener.RequestListener;

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
    implements Admission.Outcome, Parsing.Outcome, Judging.Outcome {

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

  /**
   * The caller is not there any more.
   *
   * @param by what its connection has told it; null: it has left
   */
  static Refused gone(RequestListener.@Nullable Refusal by) {
    int status = by == null ? Outcomes.LEFT : by.status();
    String detail = by == null ? "" : by.text();
    return new Refused(ProxyError.ofGone(by), detail, "", "", Headers.EMPTY, status);
  }

  /** True if nobody is there any more to be told. */
  boolean isOver() {
    return over != 0;
  }

  /** The same with one more field of the answer. */
  Refused with(String name, String value) {
    return new Refused(error, detail, told, rule, fields.with(name, value), over);
  }
}
