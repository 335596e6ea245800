package wsp.rules;

/**
 * A verdict and the rule that it came from, for operators: callers are not told of patterns.
 *
 * @param verdict what the rules say
 * @param rule why it is not clear, or the rule of the blacklist that denied, as {@code blacklist[2]
 *     url ^https://…}, with its place counted from 0 and of 240 characters at most; empty if
 *     allowed, or if it is the whitelist that has no such rule
 * @param form the reading of the URL that was denied, query and all; empty if allowed
 */
public record Decision(Verdict verdict, String rule, String form) {
  static final Decision ALLOWED = new Decision(Verdict.ALLOWED, "", "");

  /** Why it was denied, in words: the rule, or that there is none. Empty if it is allowed. */
  public String why() {
    return verdict == Verdict.NOT_ALLOWED ? "whitelist: no rule matches" : rule;
  }
}
