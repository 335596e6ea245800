package wsp.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
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
    checkName(
        diagnosed(chain, () -> chains.checkServerTrusted(chain, authType, engine)),
        engine.getPeerHost());
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    X509Certificate[] all =
        diagnosed(chain, () -> chains.checkServerTrusted(chain, authType, socket));
    SSLSession session = socket instanceof SSLSocket tls ? tls.getHandshakeSession() : null;
    checkName(all, session == null ? null : session.getPeerHost());
  }

  private static void checkName(X509Certificate[] chain, @Nullable String host)
      throws CertificateException {
    if (host == null) throw new CertificateException("whose certificate is expected is not known");
    CertificateNames.check(chain, host);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    var unused = diagnosed(chain, () -> chains.checkClientTrusted(chain, authType, engine));
  }

  private interface Check {
    void run() throws CertificateException;
  }

  /** Gives the chain, with the trusted certificate that vouches for it, where that is seen. */
  private X509Certificate[] diagnosed(X509Certificate[] chain, Check check)
      throws CertificateException {
    try {
      check.run();
    } catch (CertificateException e) {
      throw CertificateDiagnosis.of(chain, e, getAcceptedIssuers(), Instant.now());
    }
    X509Certificate anchor = Anchors.check(chain, getAcceptedIssuers(), Instant.now());
    if (anchor == null) return chain;
    X509Certificate[] all = Arrays.copyOf(chain, chain.length + 1);
    all[chain.length] = anchor;
    return all;
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
