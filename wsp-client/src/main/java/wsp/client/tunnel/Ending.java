package wsp.client.tunnel;

import wsp.log.LogText;

/**
 * How a link ended.
 *
 * @param lost false if one side closed it in order
 * @param why for the log; may hold the server's words
 */
public record Ending(boolean lost, String why) {
  /** This side has closed it, and knows why. */
  public static final Ending OURS = new Ending(false, "this client closed it");

  /** Of a close frame's reason; the longest is of 123 bytes (RFC 6455 §5.5.1). */
  private static final int LOGGED_REASON = 150;

  /** The server has closed it, perhaps in the middle of an exchange. */
  public static Ending byServer(boolean cut, int code, String reason) {
    String how = "the server closed it" + (cut ? " in the middle of an exchange" : "");
    String words = reason.isEmpty() ? "" : ": " + LogText.escape(reason, LOGGED_REASON);
    return new Ending(cut, how + " (" + code + ")" + words);
  }
}
