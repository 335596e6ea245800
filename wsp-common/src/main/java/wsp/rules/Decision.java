package wsp.rules;

/**
 * A verdict and the rule that it came from, for operators: callers are not told of patterns.
 *
 * @param verdict what the rules say
 * @param rule why it is not clear, or the rule of the blacklist that denied, as {@code blacklist[2]
 *     url ^https://…}, with its place counted from 0 and of 240 characters at most, and a field
 *     that could not be judged; empty if allowed, or if the whitelist has no such rule
 * @param form the reading of the URL that was denied, query and all; empty if allowed
 * @param method the reading of the method that was denied, cut to a sensible length; empty if it is
 *     the method as it came, or allowed
 */
public record Decision(Verdict verdict, String rule, String form, String method) {
  static final Decision ALLOWED = of(Verdict.ALLOWED, "", "");

  private static final int METHOD_CHARS = 40;

  /** About the method as it came. */
  static Decision of(Verdict verdict, String rule, String form) {
    return new Decision(verdict, rule, form, "");
  }

  /** The same about another reading of the method. */
  Decision ofMethod(String reading) {
    if (verdict == Verdict.ALLOWED) return this;
    String shown = reading.substring(0, Math.min(METHOD_CHARS, reading.length()));
    return new Decision(verdict, rule, form, shown);
  }

  /** Why it was denied, in words: the rule, or that there is none. Empty if it is allowed. */
  public String why() {
    String why = verdict == Verdict.NOT_ALLOWED ? "whitelist: no rule matches" + rule : rule;
    return method.isEmpty() ? why : why + " (the method read as " + method + ")";
  }
}
