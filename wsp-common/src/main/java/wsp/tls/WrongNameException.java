package wsp.tls;

import java.security.cert.CertificateException;

/** A certificate is valid, but for other names than the one that was asked for. */
public final class WrongNameException extends CertificateException {
  private static final long serialVersionUID = 1;

  WrongNameException(String message) {
    super(message);
  }
}
