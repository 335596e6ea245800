package wsp.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyManagementException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import wsp.config.ConfigException;
import wsp.files.FileSource;

/** Makes an {@link SSLContext} of what the files of some settings contain. For one thread. */
final class TlsLoader {
  /** Of a key store in memory. */
  private static final char[] NO_PASSWORD = {};

  /** The context of new connections, and the certificates of the files, each once. */
  record Loaded(SSLContext context, List<CertificateExpiry> certificates) {}

  private final TlsSettings settings;
  private final FileSource source;
  private final List<CertificateExpiry> expiries = new ArrayList<>();

  private TlsLoader(TlsSettings settings, FileSource source) {
    this.settings = settings;
    this.source = source;
  }

  /** Loads all of it; an error is of a file that cannot be read or used. */
  static Loaded load(TlsSettings settings, FileSource source) throws ConfigException {
    return new TlsLoader(settings, source).load();
  }

  private Loaded load() throws ConfigException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(identity(), trust(), null);
      return new Loaded(context, expiries.stream().distinct().toList());
    } catch (GeneralSecurityException e) {
      PemFile file = settings.chain() != null ? settings.chain() : settings.ca();
      String problem = "TLS cannot use it: " + e.getMessage();
      throw file == null ? new ConfigException(problem) : file.wrong(problem);
    }
  }

  private List<X509Certificate> certificates(PemFile file) throws ConfigException {
    List<X509Certificate> all = file.certificates(source);
    for (X509Certificate each : all) expiries.add(CertificateExpiry.of(file.path(), each));
    return all;
  }

  private KeyManager @Nullable [] identity() throws ConfigException, GeneralSecurityException {
    PemFile chainFile = settings.chain();
    PemFile keyFile = settings.key();
    if (chainFile == null || keyFile == null) return null;
    List<X509Certificate> file = certificates(chainFile);
    PrivateKey key = PrivateKeys.read(keyFile, source);
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

  private TrustManager[] trust() throws ConfigException, GeneralSecurityException {
    if (settings.insecure()) return new TrustManager[] {new TrustAnything()};
    KeyStore store = null;
    if (settings.ca() != null) {
      store = emptyStore();
      List<X509Certificate> trusted = certificates(settings.ca());
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
