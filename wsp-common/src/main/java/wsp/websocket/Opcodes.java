package wsp.websocket;

/** Kinds of frames (RFC 6455 §5.2); those from {@link #CLOSE} on are control frames. */
public final class Opcodes {
  public static final int CONTINUATION = 0;
  public static final int TEXT = 1;
  public static final int BINARY = 2;
  public static final int CLOSE = 8;

  /** A question for a sign of life. */
  public static final int PING = 9;

  /** The answer to it. */
  public static final int PONG = 10;

  private Opcodes() {}
}
