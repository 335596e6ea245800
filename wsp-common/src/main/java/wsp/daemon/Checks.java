package wsp.daemon;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import wsp.config.ConfigException;
import wsp.explain.Inspection.Checked;
import wsp.tls.CertificateAdvice;
import wsp.tls.TlsFiles;
import wsp.tls.TlsSettings;

/** What {@code check} says of a configuration: as a start would, and more. */
public final class Checks {
  private Checks() {}

  /**
   * A configuration that a start could use.
   *
   * @param descriptors how many the daemon may have, if that is known
   * @param certificates warnings of {@link #certificates}
   * @param advice the daemon's own
   */
  public static Checked of(
      DaemonConfig config,
      OptionalLong descriptors,
      List<String> certificates,
      List<String> advice) {
    List<String> warnings = new ArrayList<>(config.warnings());
    String few = config.descriptorWarning(descriptors);
    if (few != null) warnings.add(few);
    warnings.addAll(certificates);
    warnings.addAll(advice);
    Map<String, Object> effective = config.effective();
    return new Checked(effective, warnings);
  }

  /** Warnings of certificates that have ended or will soon, of files that can be used. */
  public static List<String> certificates(TlsSettings settings, TlsFiles files, Instant now)
      throws ConfigException {
    files.await();
    return CertificateAdvice.of(settings, files.certificates(), now);
  }
}
