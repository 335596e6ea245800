package wsp.client.httpclient;

import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import wsp.tls.EngineContext;

/** Contexts of TLS whose engines are {@link CheckedEngine}s. Stateless. */
final class CheckedContext {
  private CheckedContext() {}

  static SSLContext secure(SSLContext inner, Supplier<Dialogue> dialogues) {
    return new EngineContext(
        inner,
        (host, port) -> new CheckedEngine(inner.createSSLEngine(host, port), dialogues.get()));
  }

  static SSLContext plain(SSLContext any, Supplier<Dialogue> dialogues) {
    SSLEngine engine = any.createSSLEngine();
    return new EngineContext(
        any, (host, port) -> new CheckedEngine(new NoTlsEngine(engine), dialogues.get()));
  }
}
