package wsp.tls;

import java.security.SecureRandom;
import java.util.function.BiFunction;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/** A context of TLS whose engines are made of those of another one. Safe for all threads. */
public final class EngineContext extends SSLContext {
  /**
   * One whose certificates, sessions and sockets are those of another one.
   *
   * @param engines makes an engine for the host and port of a peer
   */
  public EngineContext(SSLContext inner, BiFunction<String, Integer, SSLEngine> engines) {
    super(new Spi(inner, engines), inner.getProvider(), inner.getProtocol());
  }

  private static final class Spi extends SSLContextSpi {
    private final SSLContext inner;
    private final BiFunction<String, Integer, SSLEngine> engines;

    Spi(SSLContext inner, BiFunction<String, Integer, SSLEngine> engines) {
      this.inner = inner;
      this.engines = engines;
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      return engines.apply(host, port);
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      return engines.apply(null, -1);
    }

    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {
      throw new UnsupportedOperationException("it is made of one that is ready");
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      return inner.getSocketFactory();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      return inner.getServerSocketFactory();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
      return inner.getServerSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
      return inner.getClientSessionContext();
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
      return inner.getDefaultSSLParameters();
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
      return inner.getSupportedSSLParameters();
    }
  }
}
