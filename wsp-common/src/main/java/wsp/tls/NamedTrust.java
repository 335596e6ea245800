package wsp.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

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
    diagnosed(chain, () -> chains.checkServerTrusted(chain, authType, engine));
    checkName(chain, engine.getPeerHost());
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    diagnosed(chain, () -> chains.checkServerTrusted(chain, authType, socket));
    SSLSession session = socket instanceof SSLSocket tls ? tls.getHandshakeSession() : null;
    checkName(chain, session == null ? null : session.getPeerHost());
  }

  private static void checkName(X509Certificate[] chain, @Nullable String host)
      throws CertificateException {
    if (host == null) throw new CertificateException("whose certificate is expected is not known");
    CertificateNames.check(chain, host);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    diagnosed(chain, () -> chains.checkClientTrusted(chain, authType, engine));
  }

  private interface Check {
    void run() throws CertificateException;
  }

  private void diagnosed(X509Certificate[] chain, Check check) throws CertificateException {
    try {
      check.run();
    } catch (CertificateException e) {
      throw CertificateDiagnosis.of(chain, e, getAcceptedIssuers(), Instant.now());
    }
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return chains.getAcceptedIssuers();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    checkName(chain, null);
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
