package wsp.tls;

import java.nio.file.Path;
import java.security.cert.X509Certificate;

/**
 * When a certificate that is in use ends.
 *
 * @param file where it was read
 * @param subject the holder, as RFC 2253 writes it
 * @param serial its number, hexadecimal
 * @param epochSeconds its last second
 */
public record CertificateExpiry(String file, String subject, String serial, long epochSeconds) {
  static CertificateExpiry of(Path file, X509Certificate certificate) {
    return new CertificateExpiry(
        file.toString(),
        certificate.getSubjectX500Principal().getName(),
        certificate.getSerialNumber().toString(16),
        certificate.getNotAfter().toInstant().getEpochSecond());
  }
}
