package wsp.server.listener;

/** A client broke RFC 6455; its connection is closed with this code. */
final class ProtocolViolationException extends Exception {
  private static final long serialVersionUID = 1;

  private final int closeCode;

  /**
   * @param closeCode of RFC 6455 §7.4.1
   * @param message for the log and the close frame
   */
  ProtocolViolationException(int closeCode, String message) {
    super(message, null, false, false);
    this.closeCode = closeCode;
  }

  int closeCode() {
    return closeCode;
  }
}
