package wsp.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateAdviceTest {
  private static final Path OWN = Path.of("own.pem");
  private static final Path CA = Path.of("ca.pem");
  private static final TlsSettings SETTINGS =
      new TlsSettings(
          new PemFile("test.cfg: cafile", CA), new PemFile("test.cfg: certfile", OWN), null, false);

  private static CertificateExpiry until(Path file, String instant) {
    long end = Instant.parse(instant).getEpochSecond();
    return new CertificateExpiry(file.toString(), "CN=api", "1", end);
  }

  private static List<String> advice(String now, CertificateExpiry... certificates) {
    return CertificateAdvice.of(SETTINGS, List.of(certificates), Instant.parse(now));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-01T12:00:00Z, ''",
    "2026-05-02T11:59:59Z, ''",
    "2026-05-02T12:00:00Z, 'expires on 2026-06-01, in 30 days: put a new one there before'",
    "2026-05-31T13:00:00Z, 'expires on 2026-06-01, in 0 days: put a new one there before'",
    "2026-06-01T12:00:00Z, 'expires on 2026-06-01, in 0 days: put a new one there before'",
    "2026-06-01T12:00:01Z, 'has expired on 2026-06-01: put a new one there'",
    "2027-01-01T12:00:00Z, 'has expired on 2026-06-01: put a new one there'"
  })
  void thirtyDaysBeforeTheEndThereIsALine(String now, String line) {
    String start = "test.cfg: certfile: own.pem: the certificate of CN=api ";
    List<String> expected = line.isEmpty() ? List.of() : List.of(start + line);
    assertEquals(expected, advice(now, until(OWN, "2026-06-01T12:00:00Z")));
  }

  @Test
  void eachCertificateIsToldUnderItsOwnKey() {
    CertificateExpiry own = until(OWN, "2026-06-01T12:00:00Z");
    CertificateExpiry ca = until(CA, "2026-05-01T12:00:00Z");
    List<String> lines = advice("2027-01-01T00:00:00Z", ca, own);
    assertEquals(2, lines.size(), lines::toString);
    assertTrue(lines.get(0).startsWith("test.cfg: certfile: own.pem: "), lines.get(0));
    assertTrue(lines.get(1).startsWith("test.cfg: cafile: ca.pem: "), lines.get(1));
  }

  @Test
  void aBundleOfOldAuthoritiesFillsNoScreen() {
    CertificateExpiry[] old =
        IntStream.range(0, 100)
            .mapToObj(i -> until(CA, "2020-06-01T12:00:00Z"))
            .toArray(CertificateExpiry[]::new);
    List<String> lines = advice("2027-01-01T00:00:00Z", old);
    assertEquals(6, lines.size());
    assertTrue(lines.get(5).contains("95 more"), lines.get(5));
  }
}
