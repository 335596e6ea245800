package wsp.tls;

import java.security.cert.CertificateException;
import org.jspecify.annotations.Nullable;

/** A certificate is not trusted, for a reason that is known; the message has names and dates. */
public final class UntrustedException extends CertificateException {
  private static final long serialVersionUID = 1;

  private final CertificateFault fault;

  UntrustedException(CertificateFault fault, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.fault = fault;
  }

  public CertificateFault fault() {
    return fault;
  }
}
