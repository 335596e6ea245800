package wsp.websocket;

/** Frames that RFC 6455 forbids, or more than is taken; the connection is closed with a code. */
public final class ProtocolViolationException extends Exception {
  private static final long serialVersionUID = 1;

  private final int closeCode;

  /** With a code of RFC 6455 §7.4.1, and a message for the log and the close frame. */
  public ProtocolViolationException(int closeCode, String message) {
    super(message, null, false, false);
    this.closeCode = closeCode;
  }

  /** What breaks the protocol and has no code of its own. */
  public static ProtocolViolationException violation(String message) {
    return new ProtocolViolationException(1002, message);
  }

  public int closeCode() {
    return closeCode;
  }
}
