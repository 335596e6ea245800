package wsp.tls;

/** A certificate is valid, but for other names than the one that was asked for. */
public final class WrongNameException extends UntrustedException {
  private static final long serialVersionUID = 1;

  WrongNameException(String message) {
    super(CertificateFault.WRONG_NAME, message);
  }
}
