package wsp.tls;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.StandardConstants;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.config.ConfigException;
import wsp.destination.IpLiteral;
import wsp.files.FileSource;
import wsp.files.Watch;
import wsp.process.Threads;

/**
 * TLS 1.2 and 1.3 from PEM files, which are read again when they change: each new connection takes
 * the {@link #context} of the moment. Safe for all threads; {@link #reload} is called by one at a
 * time.
 */
public final class TlsFiles {
  private static final Logger LOG = LoggerFactory.getLogger(TlsFiles.class);

  /** Java knows older ones, which its security properties may allow again. */
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  /**
   * Which name a client asks for changes nothing on a port that has one certificate, but the JDK
   * refuses the whole handshake for one with an underscore. It asks once, before the first
   * handshake of the process.
   */
  private static final String IGNORED = "jdk.tls.server.disableExtensions";

  static {
    String others = System.getProperty(IGNORED);
    System.setProperty(IGNORED, others == null ? "server_name" : others + ",server_name");
    FiniteFields.disable();
  }

  private final TlsSettings settings;
  private final boolean server;
  private final FutureTask<SSLContext> first;
  private volatile @Nullable SSLContext later;
  private volatile List<CertificateExpiry> certificates = List.of();
  private final Watch watch = new Watch();

  private TlsFiles(TlsSettings settings, boolean server) throws ConfigException {
    this.settings = settings;
    this.server = server;
    first =
        new FutureTask<>(
            () -> LimitedEngine.context(TlsLoader.load(settings, FileSource.atStart()).context()));
    if (settings.files().isEmpty()) {
      // The authorities of the system are many: a daemon that starts has better things to wait for,
      // and asks afterwards.
      Threads.daemon("wsp-tls-start", first).start();
    } else {
      use(TlsLoader.load(settings, watch.source()));
    }
  }

  /**
   * The versions of TLS that are spoken, for who sets up connections without {@link #configure}.
   */
  public static String[] protocols() {
    return PROTOCOLS.clone();
  }

  private void use(TlsLoader.Loaded loaded) {
    later = LimitedEngine.context(loaded.context());
    certificates = loaded.certificates();
    watch.loaded();
  }

  /**
   * For accepting connections. With an authority for clients, each client is asked for a
   * certificate, which is verified; one that has none connects all the same, for callers share the
   * port. Registration, which may require one, looks for it: {@code
   * SSLSession.getPeerCertificates}.
   *
   * @throws ConfigException for a file that cannot be used
   */
  public static TlsFiles server(TlsSettings settings) throws ConfigException {
    if (settings.chain() == null) throw new IllegalArgumentException("a server has a certificate");
    return new TlsFiles(settings, true);
  }

  /** For opening connections; an error is of a file that cannot be used. */
  public static TlsFiles client(TlsSettings settings) throws ConfigException {
    return new TlsFiles(settings, false);
  }

  /**
   * Waits until {@link #context} can be had. Also what none of our files says may be wrong, such as
   * the JVM's own trust store, and who connects can only fail then.
   *
   * @throws ConfigException if there never will be one
   */
  public void await() throws ConfigException {
    try {
      var unused = current();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ConfigException wrong) throw wrong;
      throw unusable(e);
    }
  }

  /**
   * The context of new connections; in the first moments of a daemon that has no files for it, this
   * waits until it is there.
   */
  public SSLContext context() {
    try {
      return current();
    } catch (ExecutionException e) {
      throw unusable(e);
    }
  }

  private SSLContext current() throws ExecutionException {
    SSLContext now = later;
    // There is no connection without it, and it does not take long.
    return now != null ? now : Threads.outcome(first);
  }

  private static IllegalStateException unusable(ExecutionException e) {
    return new IllegalStateException("this JVM's own TLS settings cannot be used", e.getCause());
  }

  /**
   * Sets up an engine of {@link #context} before its handshake: versions, whether a client is asked
   * for its certificate, which name is asked for. Name and port of the peer are given when the
   * engine is created; the certificate has to be for that name.
   */
  public void configure(SSLEngine engine) {
    engine.setUseClientMode(!server);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(PROTOCOLS);
    if (server) {
      parameters.setUseCipherSuitesOrder(true);
      parameters.setCipherSuites(FiniteFields.without(parameters.getCipherSuites()));
      // Setting the one clears the other.
      if (settings.ca() != null) parameters.setWantClientAuth(true);
    } else {
      String host = engine.getPeerHost();
      if (host != null) parameters.setServerNames(requested(host));
    }
    engine.setSSLParameters(parameters);
  }

  /**
   * The names to send for a host (RFC 6066 §3): none for an address. The JDK sends none for a name
   * without a dot, and its {@code SNIHostName} refuses underscores; RFC 6066 forbids addresses
   * only.
   */
  private static List<SNIServerName> requested(String host) {
    if (IpLiteral.of(host) != null) return List.of();
    byte[] name = CertificateNames.withoutDot(host).getBytes(StandardCharsets.US_ASCII);
    return List.of(new SNIServerName(StandardConstants.SNI_HOST_NAME, name) {});
  }

  /**
   * To be called at each pass of maintenance, on a thread that may wait for files: loads them when
   * {@link Watch} says so, as half of a chain, or of a list of authorities, may be a valid one.
   * What cannot be used changes nothing. One line of the log when it fails, one when it succeeds.
   *
   * @return true if there is a new context
   */
  public boolean reload() {
    return !settings.files().isEmpty() && watch.isDue() && load() == null;
  }

  /**
   * Loads the files, whether they have changed or not; on a thread that may wait for them.
   *
   * @param changed is told where other certificates are in use now than before, as far as is known
   * @return what became of it, for a line of the log, beginning with TLS; null without files
   */
  public @Nullable String reloadNow(Runnable changed) {
    if (settings.files().isEmpty()) return null;
    // The authorities of the system are no files of ours.
    boolean ours = settings.ca() != null || settings.insecure();
    boolean same = watch.anew() && ours;
    String failure = load();
    if (failure != null) return failure;
    if (!same) changed.run();
    return "TLS files are in use anew: " + settings.files();
  }

  /** Null, or why not. */
  private @Nullable String load() {
    try {
      use(TlsLoader.load(settings, watch.source()));
    } catch (ConfigException e) {
      String line = "TLS stays as it was: " + e.getMessage();
      if (watch.failed(line)) LOG.error("{}", line);
      return line;
    }
    LOG.info("TLS files have changed and are in use: {}", settings.files());
    return null;
  }

  /** Whether, and when, they have been loaded. */
  public Watch watch() {
    return watch;
  }

  /** Warnings of certificates that have ended or will soon. */
  public List<String> warnings(Instant now) throws ConfigException {
    await();
    return CertificateAdvice.of(settings, certificates, now);
  }

  /** When the certificates that are in use end, each once. */
  public List<CertificateExpiry> certificates() {
    return certificates;
  }
}
