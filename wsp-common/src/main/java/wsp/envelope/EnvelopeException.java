package wsp.envelope;

/**
 * A peer sent something that is no envelope or no greeting. The message says what was expected,
 * without its content.
 */
public final class EnvelopeException extends Exception {
  private static final long serialVersionUID = 1;

  public EnvelopeException(String message) {
    super(message);
  }
}
