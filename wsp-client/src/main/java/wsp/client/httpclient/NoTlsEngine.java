package wsp.client.httpclient;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import wsp.tls.ForwardingEngine;

/**
 * An engine of TLS without any TLS: bytes pass as they are, and a handshake is over without one. So
 * the bytes of plain connections come by, which {@code HttpClient} otherwise reads off their
 * sockets itself.
 */
final class NoTlsEngine extends ForwardingEngine {
  private enum Shaking {
    NEW,
    BEGUN,
    DONE
  }

  private volatile Shaking shaking = Shaking.NEW;

  /** An engine of TLS is asked about TLS, and never used. */
  NoTlsEngine(SSLEngine any) {
    super(any);
  }

  @Override
  public HandshakeStatus getHandshakeStatus() {
    return shaking == Shaking.DONE ? HandshakeStatus.NOT_HANDSHAKING : HandshakeStatus.NEED_WRAP;
  }

  /** HttpClient wraps nothing to begin with, and wants to see a handshake begin and end. */
  @Override
  public SSLEngineResult wrap(ByteBuffer[] from, int offset, int length, ByteBuffer to) {
    if (shaking == Shaking.NEW) {
      shaking = Shaking.BEGUN;
      return new SSLEngineResult(Status.OK, HandshakeStatus.NEED_WRAP, 0, 0);
    }
    if (shaking == Shaking.BEGUN) {
      shaking = Shaking.DONE;
      return new SSLEngineResult(Status.OK, HandshakeStatus.FINISHED, 0, 0);
    }
    int before = to.position();
    for (int i = offset; i < offset + length; i++) move(from[i], to);
    return moved(to.position() - before);
  }

  @Override
  public SSLEngineResult unwrap(ByteBuffer from, ByteBuffer[] to, int offset, int length) {
    int before = from.position();
    for (int i = offset; i < offset + length; i++) move(from, to[i]);
    return moved(from.position() - before);
  }

  private SSLEngineResult moved(int bytes) {
    return new SSLEngineResult(Status.OK, getHandshakeStatus(), bytes, bytes);
  }

  /** As many as fit. */
  static void move(ByteBuffer from, ByteBuffer to) {
    int n = Math.min(from.remaining(), to.remaining());
    to.put(to.position(), from, from.position(), n);
    to.position(to.position() + n);
    from.position(from.position() + n);
  }
}
