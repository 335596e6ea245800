package wsp.explain;

/** A question names a caller whom the configuration does not have. */
public final class UnknownCallerException extends Exception {
  private static final long serialVersionUID = 1;

  public UnknownCallerException(String message) {
    super(message);
  }
}
