package wsp.tls;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * An engine of TLS that gives a connection up whose other end asks for new keys, or for new
 * handshakes, too often (RFC 8446 §4.6.3): each time it has to answer, and the answers pile up
 * where the other end does not read them. Safe for all threads.
 */
final class LimitedEngine extends ForwardingEngine {
  /** Records after the handshake that carry nothing: nobody needs so many. */
  static final int MOST = 1000;

  private volatile boolean established;

  // Of those who write, one at a time.
  private int records;

  LimitedEngine(SSLEngine inner) {
    super(inner);
  }

  /** A context of such engines. */
  static SSLContext context(SSLContext inner) {
    return new EngineContext(
        inner,
        (host, port) -> {
          SSLEngine engine = inner.createSSLEngine(host, port);
          return new LimitedEngine(new ForgivingEngine(engine));
        });
  }

  @Override
  public SSLEngineResult wrap(ByteBuffer[] from, int offset, int length, ByteBuffer to)
      throws SSLException {
    SSLEngineResult result = super.wrap(from, offset, length, to);
    boolean empty = result.bytesConsumed() == 0 && result.bytesProduced() > 0;
    if (established && empty && ++records > MOST)
      throw new SSLException("the other end asks for new keys too often");
    return finished(result);
  }

  @Override
  public SSLEngineResult unwrap(ByteBuffer from, ByteBuffer[] to, int offset, int length)
      throws SSLException {
    return finished(super.unwrap(from, to, offset, length));
  }

  private SSLEngineResult finished(SSLEngineResult result) {
    if (result.getHandshakeStatus() == HandshakeStatus.FINISHED) established = true;
    return result;
  }
}
