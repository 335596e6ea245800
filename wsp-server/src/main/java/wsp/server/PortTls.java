package wsp.server;

import java.util.Objects;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.config.ConfigException;
import wsp.tls.TlsFiles;
import wsp.tls.TlsSettings;

/**
 * The TLS of the port: the certificates of the moment, which may change while the server runs.
 * Whether there is TLS at all stays what it was at the start, and so does all that comes with it,
 * as long as the configuration says otherwise. Safe for all threads; changed by one at a time.
 */
final class PortTls {
  private static final Logger LOG = LoggerFactory.getLogger(PortTls.class);

  private volatile @Nullable TlsFiles files;
  private volatile @Nullable TlsSettings settings;

  /**
   * @param settings null: the port speaks plain HTTP
   * @throws ConfigException if the files cannot be used
   */
  PortTls(@Nullable TlsSettings settings) throws ConfigException {
    this.settings = settings;
    files = settings == null ? null : TlsFiles.server(settings);
  }

  /** For each new connection an engine, ready for the handshake; null for plain HTTP. */
  @Nullable Supplier<SSLEngine> engines() {
    return files == null ? null : this::engine;
  }

  private SSLEngine engine() {
    TlsFiles now = files;
    if (now == null) throw new IllegalStateException("a port of plain HTTP has no TLS");
    SSLEngine engine = now.context().createSSLEngine();
    now.configure(engine);
    return engine;
  }

  /** From now on these files count; if they cannot be used, nothing has changed. */
  void change(@Nullable TlsSettings next) throws ConfigException {
    if ((settings == null) != (next == null)) {
      LOG.warn(
          "tls is turned on or off by a restart only: until then the port goes on {}", inUse());
    } else if (next != null && !Objects.equals(settings, next)) {
      files = TlsFiles.server(next);
      settings = next;
    }
  }

  private String inUse() {
    if (settings == null) return "without TLS, and asks no client for a certificate";
    return wantsCertificates()
        ? "with TLS, and clients have to show a certificate of clientca"
        : "with TLS";
  }

  /** True if a client has to show a certificate on the port as it is now. */
  boolean wantsCertificates() {
    TlsSettings now = settings;
    return now != null && now.ca() != null;
  }

  /** The files that are in use now; null for plain HTTP. */
  @Nullable TlsFiles files() {
    return files;
  }
}
