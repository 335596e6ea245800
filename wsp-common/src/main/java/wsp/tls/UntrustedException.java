package wsp.tls;

import java.security.cert.CertificateException;

/** A certificate is not trusted, for a reason that is known; the message has names and dates. */
public class UntrustedException extends CertificateException {
  private static final long serialVersionUID = 1;

  private final CertificateFault fault;

  UntrustedException(CertificateFault fault, String message, Throwable cause) {
    super(message, cause);
    this.fault = fault;
  }

  UntrustedException(CertificateFault fault, String message) {
    super(message);
    this.fault = fault;
  }

  /** The reason. */
  public final CertificateFault fault() {
    return fault;
  }
}
