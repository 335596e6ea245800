package wsp.websocket;

/** Close codes (RFC 6455 §7.4) that mean something to both daemons. */
public final class CloseCodes {
  /** The client stops: what crossed this frame on its way to an idle connection is not executed. */
  public static final int GOING_AWAY = 1001;

  /** The daemon that closes has failed itself. */
  public static final int INTERNAL_ERROR = 1011;

  /**
   * The origin broke its answer off, so the client ends the message that carries it, and the
   * connection, in the middle. Private to this protocol (RFC 6455 §7.4.2): the original daemons
   * take it for any other end.
   */
  public static final int ORIGIN_BROKE_OFF = 4527;

  private CloseCodes() {}
}
