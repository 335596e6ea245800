package wsp.client.httpclient;

import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import wsp.tls.EngineContext;

/** Contexts of TLS whose engines are {@link CheckedEngine}s. Stateless. */
final class CheckedContext {
  private CheckedContext() {}

  /** Engines that may have to end by themselves. */
  static SSLContext secure(SSLContext inner, Supplier<Dialogue> dialogues, Carriers carriers) {
    return new EngineContext(
        inner,
        (host, port) ->
            new CheckedEngine(inner.createSSLEngine(host, port), dialogues.get(), carriers));
  }

  static SSLContext plain(SSLContext any, Supplier<Dialogue> dialogues) {
    SSLEngine engine = any.createSSLEngine();
    return new EngineContext(
        any,
        (host, port) -> new CheckedEngine(new NoTlsEngine(engine), dialogues.get(), Carriers.NONE));
  }
}
