package wsp.client.origin;

/** A replay that failed: which failure, and in its message, for the caller, what exactly. */
public final class ReplayException extends Exception {
  private static final long serialVersionUID = 1;

  private final Failure failure;

  /** Without a stack trace: it is an outcome, not a fault of the program. */
  public ReplayException(Failure failure, String message) {
    super(message, null, false, false);
    this.failure = failure;
  }

  /** Which of the failures. */
  public Failure failure() {
    return failure;
  }
}
