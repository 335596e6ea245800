package wsp.http1;

/** Bytes that are no acceptable HTTP/1 message; their connection cannot be used any further. */
public final class MessageException extends Exception {
  /** The status for a head that is too large (RFC 6585 §5). */
  public static final int TOO_LARGE = 431;

  /** The status for what is valid, but not supported here. */
  public static final int NOT_SUPPORTED = 501;

  private static final long serialVersionUID = 1;

  private final int status;

  /** With the answer to a request, 400 to 505, and what is wrong, without what was sent. */
  public MessageException(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  /** The status that a request of this kind is answered with. */
  public int status() {
    return status;
  }

  static MessageException bad(String message) {
    return new MessageException(400, message);
  }
}
