package wsp.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.files.FileSource;

/** Names of certificates that the JDK reads none of, because it does not like one. */
class SubjectNamesTest {
  private static X509Certificate[] chain(String name) throws Exception {
    return new PemFile("test", TlsFilesTest.FILES.resolve(name + ".pem"))
        .certificates(FileSource.atStart())
        .toArray(X509Certificate[]::new);
  }

  private static String refusal(String certificate, String host) {
    return assertThrows(
            UntrustedException.class, () -> CertificateNames.check(chain(certificate), host))
        .getMessage();
  }

  @ParameterizedTest
  @ValueSource(strings = {"api", "API.", "a.wild.test", "127.0.0.2", "fe80::2", "10.0.0.1"})
  void namesBesideAnOddOneCount(String host) throws Exception {
    CertificateNames.check(chain("odd"), host);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // The common name: there are other names.
        "odd | WSP test odd | the certificate is not for WSP test odd but for [api, *.wild.test]",
        "odd | no-scheme | the certificate is not for no-scheme but for [api, *.wild.test]",
        "odd | 127.0.0.1 | the certificate is not for 127.0.0.1 but for [127.0.0.2, fe80::2,"
            + " 10.0.0.1]",
        "limited-seen | 127.0.0.1 | the certificate is not for 127.0.0.1 as an address, but for the"
            + " names [api]",
        "client | 127.0.0.1 | the certificate is not for 127.0.0.1 but for []",
      })
  void othersAreRefused(String certificate, String host, String why) {
    assertEquals(why, refusal(certificate, host));
  }

  @ParameterizedTest
  @ValueSource(strings = {"limited-odd", "limited-common"})
  void whatTheJdkHasNotSeenDoesNotEscapeConstraints(String certificate) {
    assertTrue(refusal(certificate, "api").contains("an issuer has name constraints, and api is"));
  }

  /** As the JDK has held them against the constraints, and refused the chain, by then. */
  @Test
  void whatTheJdkHasSeenIsItsOwnAffair() throws Exception {
    CertificateNames.check(chain("limited-seen"), "api");
  }

  @Test
  void theJdkReadsNoneOfThem() throws Exception {
    assertFalse(CertificateNames.isReadByJdk(chain("odd")[0]));
    assertTrue(CertificateNames.isReadByJdk(chain("limited-seen")[0]));
  }

  @Test
  void whatIsBrokenIsNoNames() throws Exception {
    byte[] whole = chain("odd")[0].getExtensionValue("2.5.29.17");
    assertEquals(List.of("api", "*.wild.test"), SubjectNames.read(whole).dns());
    for (int n = 0; n < whole.length; n++) {
      byte[] part = Arrays.copyOf(whole, n);
      assertThrows(CertificateParsingException.class, () -> SubjectNames.read(part));
      for (int b = 0; b < 256; b++) {
        byte[] other = whole.clone();
        other[n] = (byte) b;
        // Nothing but the one exception.
        try {
          SubjectNames.read(other);
        } catch (CertificateParsingException e) {
          assertTrue(e.getMessage().contains("cannot be read"));
        }
      }
    }
  }
}
