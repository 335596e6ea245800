package wsp.client.tunnel;

/**
 * How a link ended.
 *
 * @param lost false if one side closed it in order
 * @param why for the log; may hold the server's words
 */
public record Ending(boolean lost, String why) {
  /** This side has closed it, and knows why. */
  public static final Ending OURS = new Ending(false, "this client closed it");
}
