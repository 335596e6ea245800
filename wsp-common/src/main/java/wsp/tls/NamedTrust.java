package wsp.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts a server whose chain the JDK trusts and whose certificate is for the host that the engine
 * was made for, which is what {@link CertificateNames} decides; and a client whose chain the JDK
 * trusts. Says why not. Safe for all threads.
 */
final class NamedTrust extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager chains;

  NamedTrust(X509ExtendedTrustManager chains) {
    this.chains = chains;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    try {
      chains.checkServerTrusted(chain, authType, engine);
    } catch (CertificateException e) {
      throw diagnosed(chain, e);
    }
    String host = engine.getPeerHost();
    if (host == null) throw new CertificateException("whose certificate is expected is not known");
    CertificateNames.check(chain[0], host);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    try {
      chains.checkClientTrusted(chain, authType, engine);
    } catch (CertificateException e) {
      throw diagnosed(chain, e);
    }
  }

  private UntrustedException diagnosed(X509Certificate[] chain, CertificateException e) {
    return CertificateDiagnosis.of(chain, e, getAcceptedIssuers(), Instant.now());
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return chains.getAcceptedIssuers();
  }

  // Without an engine there is no host: all connections here have one.

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("only engines are trusted with servers");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkServerTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    chains.checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    chains.checkClientTrusted(chain, authType, socket);
  }
}
