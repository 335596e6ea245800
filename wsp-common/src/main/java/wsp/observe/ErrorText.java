package wsp.observe;

import wsp.log.LogText;

/** The text of an error for people, line by line. */
public final class ErrorText {
  private static final int MAX_LINE = 1000;

  private ErrorText() {}

  /**
   * The body of an answer.
   *
   * @param what the original's text, which stays the first line
   * @param hop between whom it failed
   * @param advice why, and what to do
   * @param requestId how it is called in the logs
   */
  public static String of(String what, String hop, String advice, String requestId) {
    return line(what)
        + "\nFailed at "
        + line(hop)
        + ": "
        + line(advice)
        + "\nRequest id: "
        + line(requestId)
        + "\n";
  }

  /** One line without secrets, also of a text that a stranger wrote. */
  private static String line(String text) {
    return LogText.clean(text, MAX_LINE);
  }
}
