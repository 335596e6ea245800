package wsp.client.websocket;

/** The server sent what RFC 6455 forbids, or more than is taken. */
final class ProtocolViolationException extends Exception {
  private static final long serialVersionUID = 1;

  private final int closeCode;

  ProtocolViolationException(int closeCode, String message) {
    super(message);
    this.closeCode = closeCode;
  }

  /** What to close with (RFC 6455 §7.4.1). */
  int closeCode() {
    return closeCode;
  }
}
