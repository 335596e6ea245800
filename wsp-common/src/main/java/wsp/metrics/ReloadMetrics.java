package wsp.metrics;

import java.util.Comparator;
import java.util.List;
import wsp.reload.Reloads;
import wsp.tls.CertificateExpiry;

/** Whether what the files of a daemon contain is in use, and until when its certificates count. */
public final class ReloadMetrics {
  /** A bundle of authorities may have many: those that end first are told. */
  static final int MAX_CERTIFICATES = 100;

  private ReloadMetrics() {}

  public static void add(Metrics metrics, Reloads<?> files) {
    metrics.gauge(
        "config_last_reload_successful",
        "1 if the configuration and the TLS files are in use as they are now, 0 if not.",
        () -> files.successful() ? 1 : 0);
    metrics.gauge(
        "config_last_reload_success_timestamp_seconds",
        "When the configuration or the TLS files were loaded last, the start included.",
        files::loadedAt);
    metrics.gauges(
        "certificate_expiry_timestamp_seconds",
        "When each certificate that is in use ends; of more than "
            + MAX_CERTIFICATES
            + ", those that end first.",
        List.of("file", "subject", "serial"),
        () -> samples(files.certificates()));
  }

  private static List<Sample> samples(List<CertificateExpiry> certificates) {
    return certificates.stream()
        .sorted(Comparator.comparingLong(CertificateExpiry::epochSeconds))
        .limit(MAX_CERTIFICATES)
        .map(c -> Sample.of(c.epochSeconds(), c.file(), c.subject(), c.serial()))
        .toList();
  }
}
