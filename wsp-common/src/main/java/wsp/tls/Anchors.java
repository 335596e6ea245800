package wsp.tls;

import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the JDK does not ask of a chain that it trusts: dates and name constraints of the trusted
 * certificates themselves, which curl and Go hold against it as those of any other. Stateless.
 */
final class Anchors {
  /** Name constraints (RFC 5280 §4.2.1.10). */
  static final String CONSTRAINTS = "2.5.29.30";

  private Anchors() {}

  /**
   * The first of the trusted ones that vouches for a chain, as it was sent, and may; null if none
   * is seen that does.
   *
   * @throws UntrustedException if the first certificate is out of date, which may be trusted
   *     itself, or if every one that vouches for it is, or may not
   */
  static @Nullable X509Certificate check(
      X509Certificate[] chain, X509Certificate[] trusted, Instant now) throws CertificateException {
    UntrustedException why = CertificateDiagnosis.dated(chain[0], now, null);
    if (why != null) throw why;
    for (X509Certificate c : CertificateDiagnosis.path(chain)) {
      for (X509Certificate anchor : trusted) {
        if (!vouches(anchor, c)) continue;
        UntrustedException fault = fault(anchor, chain[0], now);
        if (fault == null) return anchor;
        if (why == null) why = fault;
      }
    }
    if (why != null) throw why;
    return null;
  }

  /** One that is renewed has the same name and key, and another date. */
  private static boolean vouches(X509Certificate anchor, X509Certificate c) {
    if (anchor.getSubjectX500Principal().equals(c.getSubjectX500Principal())
        && anchor.getPublicKey().equals(c.getPublicKey())) return true;
    return anchor.getSubjectX500Principal().equals(c.getIssuerX500Principal())
        && OwnChain.isSigned(c, anchor);
  }

  private static @Nullable UntrustedException fault(
      X509Certificate anchor, X509Certificate certificate, Instant now)
      throws CertificateException {
    UntrustedException dated = CertificateDiagnosis.dated(anchor, now, null);
    if (dated != null || allows(anchor, certificate)) return dated;
    return new UntrustedException(
        CertificateFault.OTHER,
        "its certificate is not accepted: the name constraints of its authority do not allow it",
        null);
  }

  private static boolean allows(X509Certificate anchor, X509Certificate certificate)
      throws CertificateException {
    byte[] extension = anchor.getExtensionValue(CONSTRAINTS);
    if (extension == null || anchor.equals(certificate)) return true;
    X509CertSelector allowed = new X509CertSelector();
    try {
      allowed.setNameConstraints(SubjectNames.octets(extension));
    } catch (IOException e) {
      throw new CertificateException("the authority's name constraints cannot be read", e);
    }
    return allowed.match(certificate);
  }
}
