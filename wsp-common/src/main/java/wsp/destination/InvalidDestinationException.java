package wsp.destination;

/** A text is no destination. The message says which rule it breaks and is safe to show a caller. */
public final class InvalidDestinationException extends Exception {
  private static final long serialVersionUID = 1;

  public InvalidDestinationException(String message) {
    super(message);
  }
}
