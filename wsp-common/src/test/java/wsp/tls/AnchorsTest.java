package wsp.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.files.FileSource;

/** What trusted certificates vouch for, and when. */
class AnchorsTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

  private static X509Certificate[] certificates(String files) throws Exception {
    List<X509Certificate> all = new ArrayList<>();
    for (String file : files.split("[+]", -1))
      all.addAll(
          new PemFile("test", TlsFilesTest.FILES.resolve(file + ".pem"))
              .certificates(FileSource.atStart()));
    return all.toArray(X509Certificate[]::new);
  }

  @ParameterizedTest
  @CsvSource({
    "ec, ca, ca",
    "ec, other-ca+ca, ca",
    "rsa, ca, ca",
    "deep+deep1+deep2, names-ca, names-ca",
    // In any order, with itself, by an intermediate one.
    "deep+deep2+names-ca+deep1, names-ca, names-ca",
    "deep, deep2, deep2",
    "ca, ca, ca",
    "ec, ec, ec",
    // One is out of date, and the same is there renewed, in any order.
    "brief, brief-ca+brief-renewed, brief-renewed",
    "brief, brief-renewed+brief-ca, brief-renewed",
    "brief+brief-ca, brief-renewed, brief-renewed",
    "limited-ok, limited, limited",
  })
  void oneVouches(String chain, String trusted, String anchor) throws Exception {
    X509Certificate found = Anchors.check(certificates(chain), certificates(trusted), NOW);
    assertEquals(certificates(anchor)[0], found);
  }

  @ParameterizedTest
  @CsvSource({
    // The chain is a matter of the JDK; the first certificate may be trusted itself.
    "ca, ca, 40000, EXPIRED",
    "ca, ca, -40000, NOT_YET_VALID",
    "ec, ca+ec, 40000, EXPIRED",
    "brief, brief-ca, 0, EXPIRED",
    "brief+brief-ca, brief-ca, 0, EXPIRED",
    "limited-seen, limited, 0, OTHER",
    "limited-seen, limited+limited, 0, OTHER",
  })
  void noneMay(String chain, String trusted, int days, CertificateFault why) throws Exception {
    X509Certificate[] sent = certificates(chain);
    X509Certificate[] anchors = certificates(trusted);
    Instant now = NOW.plus(days, ChronoUnit.DAYS);
    UntrustedException e =
        assertThrows(UntrustedException.class, () -> Anchors.check(sent, anchors, now));
    assertEquals(why, e.fault());
  }

  @ParameterizedTest
  @ValueSource(strings = {"other-ca", "stranger", "names-ca"})
  void whatIsNotSeenIsNotJudged(String trusted) throws Exception {
    assertNull(Anchors.check(certificates("ec"), certificates(trusted), NOW));
  }

  /** One line of the log for as long as it is the same minute. */
  @Test
  void aClockThatIsWrongIsToldInTheSameWordsForAMinute() throws Exception {
    X509Certificate ca = certificates("ca")[0];
    Instant then = Instant.parse("1970-01-01T00:00:01Z");
    UntrustedException first = CertificateDiagnosis.dated(ca, then, null);
    UntrustedException second = CertificateDiagnosis.dated(ca, then.plusSeconds(58), null);
    assertEquals(first.getMessage(), second.getMessage());
  }

  /** The JDK trusts both. */
  @ParameterizedTest
  @CsvSource({"limited-ok, a.ok.test, true", "limited-seen, api, false"})
  void aHandshakeAsksThem(String name, String host, boolean taken) throws Exception {
    String files = "{cert: %s.pem, key: %s.key}".formatted(name, name);
    TlsFiles server =
        TlsFiles.server(
            TlsSettings.ofServer(TlsFilesTest.config(files), "cert", "key", "clientca"));
    TlsFiles client = TlsFilesTest.client("xcafile: limited.pem");
    if (taken) Handshake.between(client, server, host);
    else assertThrows(SSLException.class, () -> Handshake.between(client, server, host));
  }
}
