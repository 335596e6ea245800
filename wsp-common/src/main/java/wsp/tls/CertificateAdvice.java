package wsp.tls;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Certificates that have expired, or are about to: a line for each. Stateless. */
final class CertificateAdvice {
  /** From then on there is a line. */
  static final Duration BEFORE = Duration.ofDays(30);

  /** Of one file: a bundle of authorities may well have more that have expired unnoticed. */
  private static final int LINES = 5;

  private CertificateAdvice() {}

  /** Looks at what the files of some settings contain, of {@link TlsFiles#certificates}. */
  static List<String> of(TlsSettings settings, List<CertificateExpiry> certificates, Instant now) {
    List<String> lines = new ArrayList<>();
    for (PemFile file : new @Nullable PemFile[] {settings.chain(), settings.ca()})
      if (file != null) addAll(lines, file, certificates, now);
    return lines;
  }

  private static void addAll(
      List<String> lines, PemFile file, List<CertificateExpiry> certificates, Instant now) {
    String where = file.where() + ": " + file.path() + ": ";
    List<String> found = new ArrayList<>();
    for (CertificateExpiry each : certificates) {
      String problem = each.file().equals(file.path().toString()) ? problem(each, now) : null;
      if (problem != null) found.add(where + problem);
    }
    lines.addAll(found.subList(0, Math.min(LINES, found.size())));
    if (found.size() > LINES)
      lines.add(where + "so have or will " + (found.size() - LINES) + " more certificates");
  }

  private static @Nullable String problem(CertificateExpiry certificate, Instant now) {
    Instant end = Instant.ofEpochSecond(certificate.epochSeconds());
    if (now.plus(BEFORE).isBefore(end)) return null;
    String day = end.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    String subject = "the certificate of " + certificate.subject();
    if (now.isAfter(end)) return subject + " has expired on " + day + ": put a new one there";
    long days = Duration.between(now, end).toDays();
    return subject + " expires on " + day + ", in " + days + " days: put a new one there before";
  }
}
