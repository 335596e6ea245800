package wsp.client.origin;

import wsp.http1.MessageException;
import wsp.tunnel.Stream;

/** A replay that failed: which failure, and in its message, for the caller, what exactly. */
public final class ReplayException extends Exception {
  private static final long serialVersionUID = 1;
  private static final String INVALID = "invalid response: ";

  private final Failure failure;

  /** Without a stack trace: it is an outcome, not a fault of the program. */
  public ReplayException(Failure failure, String message) {
    super(message, null, false, false);
    this.failure = failure;
  }

  /** A response that is refused as it is read, and how that is called. */
  public static ReplayException invalidResponse(MessageException e) {
    String why = String.valueOf(e.getMessage());
    return switch (e.status()) {
      case MessageException.TOO_LARGE -> new ReplayException(Failure.LARGE_HEAD, why);
      case MessageException.NOT_SUPPORTED ->
          new ReplayException(Failure.UNKNOWN_CODING, INVALID + why);
      default -> invalidResponse(why);
    };
  }

  /** A response that breaks the rules in some other way. */
  public static ReplayException invalidResponse(String why) {
    return new ReplayException(Failure.INVALID_RESPONSE, INVALID + why);
  }

  /** So many that they would never end. */
  public static ReplayException tooManyInterim() {
    return invalidResponse("over " + Stream.MAX_INTERIM + " interim heads come before it");
  }

  /** What the origin wants next would have to come on the same connection, which is not kept. */
  public static ReplayException unfinishedAuth() {
    return new ReplayException(
        Failure.CONNECTION_AUTH,
        "the origin authenticates connections (NTLM or Negotiate), in several steps");
  }

  /** A server breaks its word. */
  public static ReplayException wrongLength() {
    return new ReplayException(
        Failure.WRONG_LENGTH, "the request's body is not as long as its envelope says");
  }

  /** An origin that nothing can be asked. */
  public static ReplayException closedAtOnce() {
    return new ReplayException(
        Failure.CLOSED_EARLY,
        "the origin closed the connection, or sent something, before it was asked anything");
  }

  /** A connection that carried bytes both ways. */
  public static ReplayException tunnelBroken() {
    return new ReplayException(Failure.CUT_BODY, "the origin reset the connection");
  }

  public Failure failure() {
    return failure;
  }
}
