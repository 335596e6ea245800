package wsp.server.routes;

/** A webhook's signature is missing, cannot be read, or is too old: the message says which. */
public final class SignatureException extends Exception {
  private static final long serialVersionUID = 1;

  SignatureException(String message) {
    super(message);
  }
}
