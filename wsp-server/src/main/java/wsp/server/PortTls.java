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
 * Whether there is TLS at all stays what it was at the start. Safe for all threads; changed by one
 * at a time.
 */
final class PortTls {
  private static final Logger LOG = LoggerFactory.getLogger(PortTls.class);

  private volatile @Nullable TlsFiles files;
  private @Nullable TlsSettings settings;

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
      LOG.warn("tls is turned on or off by a restart only");
    } else if (next != null && !Objects.equals(settings, next)) {
      files = TlsFiles.server(next);
      settings = next;
    }
  }

  /** The files that are in use now; null for plain HTTP. */
  @Nullable TlsFiles files() {
    return files;
  }
}
