package wsp.server.forward;

import wsp.envelope.Headers;
import wsp.server.failure.ProxyError;

/**
 * A request goes no further: why, for its caller and for the operator.
 *
 * @param detail for the operator, beyond the error's words; or empty
 * @param told to the caller, behind the error's words; or empty
 * @param rule that denied it, in words; or empty
 * @param fields of the answer beyond those of the error
 */
record Refused(ProxyError error, String detail, String told, String rule, Headers fields)
    implements Admission.Outcome, Parsing.Outcome, Judging.Outcome {

  static Refused because(ProxyError error) {
    return new Refused(error, "", "", "", Headers.EMPTY);
  }

  /** With a detail that the caller is told, too. */
  static Refused because(ProxyError error, String detail) {
    return new Refused(error, detail, detail.isEmpty() ? "" : ": " + detail, "", Headers.EMPTY);
  }

  /** A rule denies it, which only the operator is told. */
  static Refused byRule(ProxyError error, String rule) {
    return new Refused(error, "", "", rule, Headers.EMPTY);
  }

  /** The same with one more field of the answer. */
  Refused with(String name, String value) {
    return new Refused(error, detail, told, rule, fields.with(name, value));
  }
}
