package wsp.rules;

/** The verdict of the rules on a request. */
public enum Verdict {
  /** It may be made. */
  ALLOWED("Destination is allowed"),
  /** The blacklist has it. */
  FORBIDDEN("Destination is forbidden"),
  /** There is a whitelist, and it does not have it. */
  NOT_ALLOWED("Destination is not allowed"),
  /** Its URL has more readings than can be judged, so it is no valid destination. */
  UNCLEAR("Destination is not clear");

  private final String text;

  Verdict(String text) {
    this.text = text;
  }

  /** The answer's text, as the original daemons write it. */
  public String text() {
    return text;
  }
}
