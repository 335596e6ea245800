package wsp.client.httpclient;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import wsp.client.origin.ReplayException;

/**
 * The TLS of a connection, or {@link NoTlsEngine}, with a {@link Dialogue} between it and {@code
 * HttpClient}; with HTTP/2, none. {@code HttpClient} wraps and unwraps at the same time.
 */
final class CheckedEngine extends ForwardingEngine {
  private static final int RECORD = 32 * 1024;

  private static final ThreadLocal<ByteBuffer> SCRATCH =
      ThreadLocal.withInitial(() -> ByteBuffer.allocate(RECORD));

  private final SSLEngine inner;
  private final Dialogue dialogue;

  /** What there was no room for, at the last unwrapping; null for nothing. */
  private @Nullable ByteBuffer rest;

  /** What that one has written: HttpClient counts it when all is there. */
  private int written;

  CheckedEngine(SSLEngine inner, Dialogue dialogue) {
    super(inner);
    this.inner = inner;
    this.dialogue = dialogue;
  }

  /** The connection is not to be gone on with. */
  static final class Refusal extends SSLException {
    private static final long serialVersionUID = 1;

    Refusal(ReplayException why) {
      super(why.getMessage(), why);
    }
  }

  private boolean isHttp2() {
    return "h2".equals(inner.getApplicationProtocol());
  }

  @Override
  public SSLEngineResult wrap(ByteBuffer[] from, int offset, int length, ByteBuffer to)
      throws SSLException {
    ByteBuffer[] before = new ByteBuffer[length];
    for (int i = 0; i < length; i++) before[i] = from[offset + i].duplicate();
    SSLEngineResult result = inner.wrap(from, offset, length, to);
    if (result.bytesConsumed() == 0 || isHttp2()) return result;
    try {
      for (int i = 0; i < length; i++) dialogue.sent(before[i].limit(from[offset + i].position()));
    } catch (ReplayException e) {
      throw new Refusal(e);
    }
    return result;
  }

  @Override
  public SSLEngineResult unwrap(ByteBuffer from, ByteBuffer[] to, int offset, int length)
      throws SSLException {
    if (isHttp2()) return inner.unwrap(from, to, offset, length);
    ByteBuffer out = to[offset];
    int start = from.position();
    ByteBuffer in = rest;
    if (in == null) {
      in = SCRATCH.get().clear();
      SSLEngineResult result = inner.unwrap(from, in);
      in.flip();
      if (result.getStatus() == Status.CLOSED && dialogue.closed(out))
        return result(Status.OK, start, from, out.position());
      if (!in.hasRemaining()) return result;
    }
    int before = out.position();
    boolean whole = translate(in, out);
    written += out.position() - before;
    if (!whole) return result(Status.BUFFER_OVERFLOW, start, from, 0);
    int all = written;
    written = 0;
    return result(Status.OK, start, from, all);
  }

  private boolean translate(ByteBuffer in, ByteBuffer out) throws Refusal {
    try {
      boolean whole = dialogue.received(in, out);
      if (whole) rest = null;
      else if (rest == null) rest = ByteBuffer.allocate(in.remaining()).put(in).flip();
      return whole;
    } catch (ReplayException e) {
      throw new Refusal(e);
    }
  }

  private SSLEngineResult result(Status status, int start, ByteBuffer from, int produced) {
    int consumed = from.position() - start;
    return new SSLEngineResult(status, inner.getHandshakeStatus(), consumed, produced);
  }
}
