package wsp.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyManagementException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.config.ConfigException;
import wsp.config.WatchedFiles;

/**
 * TLS 1.2 and 1.3 from PEM files, which are read again when they change: whoever makes a connection
 * asks for the {@link #context} of the moment. Safe for all threads; {@link #reload} is called by
 * one at a time.
 */
public final class TlsFiles {
  private static final Logger LOG = LoggerFactory.getLogger(TlsFiles.class);

  /** Java knows older ones, which its security properties may allow again. */
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  /** Of a key store in memory. */
  private static final char[] NO_PASSWORD = {};

  /**
   * Which name a client asks for changes nothing on a port that has one certificate, but the JDK
   * refuses the whole handshake for one with an underscore. It asks once, before the first
   * handshake of the process.
   */
  private static final String IGNORED = "jdk.tls.server.disableExtensions";

  static {
    String others = System.getProperty(IGNORED);
    System.setProperty(IGNORED, others == null ? "server_name" : others + ",server_name");
  }

  private final TlsSettings settings;
  private final boolean server;
  private final WatchedFiles watched = new WatchedFiles();
  private final FutureTask<SSLContext> first;
  private volatile @Nullable SSLContext later;

  private TlsFiles(TlsSettings settings, boolean server) throws ConfigException {
    this.settings = settings;
    this.server = server;
    settings.files().forEach(watched::add);
    first = new FutureTask<>(() -> load(settings, server));
    if (settings.files().isEmpty()) {
      // The authorities of the system are many: a daemon that starts has better things to wait for,
      // and asks afterwards.
      Thread thread = new Thread(first, "wsp-tls-start");
      thread.setDaemon(true);
      thread.start();
    } else {
      later = load(settings, server);
    }
  }

  /**
   * For accepting connections. With an authority for clients, each client is asked for a
   * certificate, which is verified; one that has none connects all the same, for callers share the
   * port. Who requires one looks for it: {@code SSLSession.getPeerCertificates}.
   *
   * @throws ConfigException for a file that cannot be used
   */
  public static TlsFiles server(TlsSettings settings) throws ConfigException {
    if (settings.chain() == null) throw new IllegalArgumentException("a server has a certificate");
    return new TlsFiles(settings, true);
  }

  /**
   * For opening connections.
   *
   * @throws ConfigException for a file that cannot be used
   */
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
   * What new connections use; in the first moments of a daemon that has no files for it, this waits
   * until it is there.
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
    if (now != null) return now;
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return first.get();
        } catch (InterruptedException e) {
          // There is no connection without it, and it does not take long.
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) Thread.currentThread().interrupt();
    }
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
      // Setting the one clears the other.
      if (settings.ca() != null) parameters.setWantClientAuth(true);
    } else {
      String host = engine.getPeerHost();
      if (host != null) parameters.setServerNames(RequestedName.of(host));
    }
    engine.setSSLParameters(parameters);
  }

  /**
   * To be called at each pass of maintenance: reads the files again if one has changed. If they
   * cannot be used, what was there stays, and one line of the log says so.
   *
   * @return true if there is a new context
   */
  public boolean reload() {
    if (!watched.changed()) return false;
    try {
      later = load(settings, server);
    } catch (ConfigException e) {
      LOG.error("TLS stays as it was: {}", e.getMessage());
      return false;
    }
    LOG.info("TLS files have changed and are in use: {}", settings.files());
    return true;
  }

  private static SSLContext load(TlsSettings settings, boolean server) throws ConfigException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(identity(settings.chain(), settings.key()), trust(settings, server), null);
      return context;
    } catch (GeneralSecurityException e) {
      PemFile file = settings.chain() != null ? settings.chain() : settings.ca();
      String problem = "TLS cannot use it: " + e.getMessage();
      throw file == null ? new ConfigException(problem) : file.wrong(problem);
    }
  }

  private static KeyManager @Nullable [] identity(
      @Nullable PemFile chainFile, @Nullable PemFile keyFile)
      throws ConfigException, GeneralSecurityException {
    if (chainFile == null || keyFile == null) return null;
    List<X509Certificate> file = Certificates.read(chainFile);
    PrivateKey key = PrivateKeys.read(keyFile);
    List<X509Certificate> chain = OwnChain.of(key, file);
    if (chain.isEmpty())
      throw keyFile.wrong(
          "the private key of a certificate in "
              + chainFile.path()
              + " is expected, not another one");
    KeyStore store = emptyStore();
    store.setKeyEntry("own", key, NO_PASSWORD, chain.toArray(new X509Certificate[0]));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static TrustManager[] trust(TlsSettings settings, boolean server)
      throws ConfigException, GeneralSecurityException {
    if (settings.insecure()) return new TrustManager[] {new TrustAnything()};
    KeyStore store = null;
    if (settings.ca() != null) {
      store = emptyStore();
      List<X509Certificate> trusted = Certificates.read(settings.ca());
      for (int i = 0; i < trusted.size(); i++) store.setCertificateEntry("ca" + i, trusted.get(i));
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    // Without a store, it takes the system's.
    factory.init(store);
    TrustManager[] trust = factory.getTrustManagers();
    for (int i = 0; i < trust.length; i++) {
      if (trust[i] instanceof X509ExtendedTrustManager chains) trust[i] = new NamedTrust(chains);
      else throw new KeyManagementException("this Java's trust manager knows no engines");
    }
    return trust;
  }

  private static KeyStore emptyStore() throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, null);
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
    return store;
  }
}
