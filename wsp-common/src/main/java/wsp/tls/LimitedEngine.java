package wsp.tls;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * An engine of TLS that gives a connection up whose other end says too much beside its data: of
 * requests for new keys, or for new handshakes (RFC 8446 §4.6.3), the answers pile up where the
 * other end does not read them, and of tickets (§4.6.1) the JDK keeps each one, a session of its
 * own, for as long as the connection lives. Safe for all threads.
 */
final class LimitedEngine extends ForwardingEngine {
  /** Records after the handshake that carry nothing: nobody needs so many. */
  static final int MOST = 1000;

  /** Bytes of such records of TLS 1.3, in which there may be tickets: an origin sends two or so. */
  static final int MOST_BYTES = 16 * 1024;

  /** Before it, they come within handshakes. */
  private static final String TICKETS_COME = "TLSv1.3";

  /** A shorter record has no ticket. */
  private static final int TICKET = 40;

  /** Nor has such a one that is to be answered: it asks for new keys. */
  private static final int NEW_KEYS = 44;

  /** Counted for each record that may have one: some 1.5 KB are kept, however short it is. */
  private static final int LEAST = 128;

  private volatile boolean established;

  // Of those who write, one at a time.
  private int records;

  // Of those who read, one at a time.
  private int empty;
  private int tickets;

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
    SSLEngineResult result = super.unwrap(from, to, offset, length);
    if (result.bytesProduced() > 0) {
      if (empty > 0) empty--;
    } else if (established && result.bytesConsumed() > 0) {
      saysNothing(result.bytesConsumed(), result.getHandshakeStatus());
    }
    return finished(result);
  }

  private void saysNothing(int bytes, HandshakeStatus next) throws SSLException {
    boolean none = bytes < (next == HandshakeStatus.NEED_WRAP ? NEW_KEYS : TICKET);
    boolean come = getUseClientMode() && getSession().getProtocol().equals(TICKETS_COME);
    if (none || !come) empty++;
    else tickets += Math.max(LEAST, bytes);
    if (empty > MOST || tickets > MOST_BYTES)
      throw new SSLException("the other end sends too much that carries nothing");
  }

  private SSLEngineResult finished(SSLEngineResult result) {
    if (result.getHandshakeStatus() == HandshakeStatus.FINISHED) established = true;
    return result;
  }
}
