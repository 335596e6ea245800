package wsp.envelope;

import wsp.text.Ascii;

/**
 * The first message on a connection, client to server: {@code <client id>_<idle size>}.
 *
 * @param clientId names the pool that the connection joins; printable ASCII without spaces, 1 to
 *     {@value #MAX_ID}
 * @param idleSize how many idle connections the client wishes to keep, 0 to {@value #MAX_IDLE}
 */
public record Greeting(String clientId, int idleSize) {
  public static final int MAX_ID = 200;
  public static final int MAX_LENGTH = MAX_ID + 8;

  /** The largest idle size that is believed. */
  public static final int MAX_IDLE = 1_000_000;

  private static final int MAX_DIGITS = 7;

  public Greeting {
    if (!isId(clientId)) throw new IllegalArgumentException("not a client id");
    if (idleSize < 0 || idleSize > MAX_IDLE)
      throw new IllegalArgumentException("idle size " + idleSize);
  }

  public static boolean isId(String s) {
    if (s.isEmpty() || s.length() > MAX_ID) return false;
    for (int i = 0; i < s.length(); i++) if (s.charAt(i) < '!' || s.charAt(i) > '~') return false;
    return true;
  }

  /** Reads a greeting; an id may itself contain underscores, so it is split at the last one. */
  public static Greeting parse(String text) throws EnvelopeException {
    int at = text.lastIndexOf('_');
    if (at < 0)
      throw new EnvelopeException("a greeting is <client id>_<idle size>, and this has no '_'");
    String id = text.substring(0, at);
    String size = text.substring(at + 1);
    if (!isId(id)) {
      throw new EnvelopeException(
          "the client id of a greeting is 1 to "
              + MAX_ID
              + " printable ASCII characters without spaces");
    }
    int idleSize = (int) Ascii.number(size, MAX_DIGITS);
    if (idleSize < 0 || idleSize > MAX_IDLE) {
      throw new EnvelopeException("the idle size of a greeting is a number from 0 to " + MAX_IDLE);
    }
    return new Greeting(id, idleSize);
  }

  public String format() {
    return clientId + "_" + idleSize;
  }
}
