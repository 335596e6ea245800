package wsp.server.listener;

/**
 * What a caller sent is no acceptable HTTP/1.1 message; its connection cannot be used any further.
 */
final class BadRequestException extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;

  /**
   * @param status the answer, 400 to 505
   * @param message for the caller: what is wrong, without what was sent
   */
  BadRequestException(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  int status() {
    return status;
  }
}
