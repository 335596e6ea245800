package wsp.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;
import wsp.log.LogText;

/**
 * Finds out why a chain of certificates is not trusted, once the JDK has found that it is not: the
 * JDK has one text for an authority that is unknown, an intermediate certificate that is missing
 * and a certificate without a signature of an authority. Stateless.
 */
final class CertificateDiagnosis {
  private static final int MAX_NAME = 100;

  private CertificateDiagnosis() {}

  /** Names the fault of a chain as it was sent, by what the JDK says and whom it trusts. */
  static UntrustedException of(
      X509Certificate[] chain, CertificateException cause, X509Certificate[] anchors, Instant now) {
    if (cause instanceof UntrustedException known) return known;
    List<X509Certificate> path = path(chain);
    for (X509Certificate c : path) {
      UntrustedException dated = dated(c, now, cause);
      if (dated != null) return dated;
    }
    X509Certificate top = path.get(path.size() - 1);
    String issuer = shown(top.getIssuerX500Principal());
    if (isKnown(top, anchors))
      return new UntrustedException(
          CertificateFault.OTHER, "its certificate is not accepted: " + innermost(cause), cause);
    if (!isSelfSigned(top) && path.size() == 1)
      return new UntrustedException(
          CertificateFault.UNKNOWN_ISSUER,
          "its certificate is issued by " + issuer + ", which is neither trusted nor sent along",
          cause);
    if (path.size() == 1)
      return new UntrustedException(
          CertificateFault.SELF_SIGNED,
          "its certificate, of " + issuer + ", is self-signed and not among the trusted ones",
          cause);
    return new UntrustedException(
        CertificateFault.UNKNOWN_AUTHORITY,
        "its certificate leads to the authority " + issuer + ", which is not trusted",
        cause);
  }

  /** From the first certificate along its issuers, as far as they were sent. */
  static List<X509Certificate> path(X509Certificate[] chain) {
    List<X509Certificate> rest = new ArrayList<>(Arrays.asList(chain));
    List<X509Certificate> path = new ArrayList<>();
    X509Certificate next = chain[0];
    while (next != null) {
      rest.remove(next);
      path.add(next);
      X500Principal issuer = next.getIssuerX500Principal();
      next = isSelfSigned(next) ? null : named(issuer, rest);
    }
    return path;
  }

  private static @Nullable X509Certificate named(
      X500Principal subject, List<X509Certificate> certificates) {
    return certificates.stream()
        .filter(c -> c.getSubjectX500Principal().equals(subject))
        .findFirst()
        .orElse(null);
  }

  /** Null for one that is in date. To the minute, since a log tells the same line once. */
  static @Nullable UntrustedException dated(
      X509Certificate c, Instant now, @Nullable CertificateException cause) {
    String whose = shown(c.getSubjectX500Principal());
    String by = ", issued by " + shown(c.getIssuerX500Principal()) + ",";
    Instant from = c.getNotBefore().toInstant();
    Instant until = c.getNotAfter().toInstant();
    if (now.isAfter(until))
      return new UntrustedException(
          CertificateFault.EXPIRED,
          "the certificate of " + whose + by + " expired at " + until,
          cause);
    if (now.isBefore(from))
      return new UntrustedException(
          CertificateFault.NOT_YET_VALID,
          "the certificate of "
              + whose
              + by
              + " is valid from "
              + from
              + " on, and it is "
              + now.truncatedTo(ChronoUnit.MINUTES)
              + " here",
          cause);
    return null;
  }

  private static boolean isSelfSigned(X509Certificate c) {
    // One whose issuer has the same name and another key is not.
    return c.getSubjectX500Principal().equals(c.getIssuerX500Principal())
        && OwnChain.isSigned(c, c);
  }

  /** Whether it is trusted, or its issuer is. */
  private static boolean isKnown(X509Certificate top, X509Certificate[] anchors) {
    for (X509Certificate anchor : anchors) {
      if (anchor.equals(top)) return true;
      if (anchor.getSubjectX500Principal().equals(top.getIssuerX500Principal())) return true;
    }
    return false;
  }

  private static String innermost(Throwable cause) {
    Throwable inner = cause;
    for (int depth = 0; depth < 10 && inner.getCause() != null; depth++) inner = inner.getCause();
    return String.valueOf(inner.getMessage());
  }

  private static String shown(X500Principal name) {
    return LogText.cut(name.getName(), MAX_NAME);
  }
}
