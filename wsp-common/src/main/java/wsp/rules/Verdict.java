package wsp.rules;

/** The verdict of the rules on a request. */
public enum Verdict {
  ALLOWED("Destination is allowed"),
  FORBIDDEN("Destination is forbidden"),
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
