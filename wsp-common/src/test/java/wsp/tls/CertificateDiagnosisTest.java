package wsp.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateDiagnosisTest {
  private static final CertificateException JDK =
      new CertificateException("path building failed", new IllegalStateException("why"));

  private static X509Certificate[] certificates(String files) throws Exception {
    List<X509Certificate> all = new ArrayList<>();
    CertificateFactory x509 = CertificateFactory.getInstance("X.509");
    for (String file : files.split("[+]", -1)) {
      try (InputStream in =
          CertificateDiagnosisTest.class.getResourceAsStream("/tls/" + file + ".pem")) {
        x509.generateCertificates(in).forEach(c -> all.add((X509Certificate) c));
      }
    }
    return all.toArray(new X509Certificate[0]);
  }

  @ParameterizedTest
  @CsvSource({
    "ec, other-ca, 0, UNKNOWN_ISSUER, issued by CN=WSP test ca",
    "rsa, other-ca, 0, UNKNOWN_AUTHORITY, the authority CN=WSP test ca",
    "ec+ca, other-ca, 0, UNKNOWN_AUTHORITY, the authority CN=WSP test ca",
    "deep+deep1+deep2, other-ca, 0, UNKNOWN_AUTHORITY, the authority CN=WSP test names-ca",
    "ca, other-ca, 0, SELF_SIGNED, 'its certificate, of CN=WSP test ca'",
    "ec, ca, 40000, EXPIRED, 'the certificate of CN=WSP test ec, issued by CN=WSP test ca, expired"
        + " at 2'",
    "ec, other-ca, 40000, EXPIRED, expired at",
    "ec, ca, -40000, NOT_YET_VALID, is valid from 2",
    "ec, ca, 0, OTHER, why",
    "wrong-use, uses-ca, 0, OTHER, why"
  })
  void everyFaultIsNamedWithNamesAndDates(
      String chain, String trusted, int days, CertificateFault fault, String words)
      throws Exception {
    Instant now = Instant.parse("2030-01-01T00:00:00Z").plus(days, ChronoUnit.DAYS);
    UntrustedException e =
        CertificateDiagnosis.of(certificates(chain), JDK, certificates(trusted), now);
    assertEquals(fault, e.fault());
    assertTrue(String.valueOf(e.getMessage()).contains(words), e.getMessage());
  }
}
