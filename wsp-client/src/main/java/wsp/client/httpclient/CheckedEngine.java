package wsp.client.httpclient;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import wsp.client.origin.HeadMemory;
import wsp.client.origin.ReplayException;
import wsp.tls.ForwardingEngine;

/**
 * The TLS of a connection, or {@link NoTlsEngine}, with a {@link Dialogue} between it and {@code
 * HttpClient}; with HTTP/2, a {@link FrameLimit}, and the memory for heads. {@code HttpClient}
 * wraps and unwraps at the same time.
 */
final class CheckedEngine extends ForwardingEngine {
  /** What a record of TLS may have (RFC 8446 §5.1), and what is read at once without TLS. */
  private static final int RECORD = 16 * 1024;

  /** HttpClient gets such buffers, so that what comes at once goes on at once. */
  private static final int BUFFER = RECORD + Dialogue.LEAST_ROOM;

  /** The estimate of an engine of TLS may be higher. */
  private static final ThreadLocal<ByteBuffer> SCRATCH =
      ThreadLocal.withInitial(() -> ByteBuffer.allocate(2 * RECORD));

  private final SSLEngine inner;
  private final Dialogue dialogue;
  private final FrameLimit frames = new FrameLimit(System.nanoTime());
  private final Carriers carriers;
  private final boolean plain;

  /** What this side has sent first; null before. */
  private volatile byte @Nullable [] beginning;

  /** Why the connection is not to be gone on with, over HTTP/2; null if it may be. */
  private volatile @Nullable ReplayException refused;

  private volatile @Nullable Shown shown;

  /** What there was no room for, at the last unwrapping; null for nothing. */
  private @Nullable ByteBuffer rest;

  /** What that one has written: HttpClient counts it when all is there. */
  private int written;

  CheckedEngine(SSLEngine inner, Dialogue dialogue, Carriers carriers) {
    super(inner);
    this.inner = inner;
    this.dialogue = dialogue;
    this.carriers = carriers;
    this.plain = inner instanceof NoTlsEngine;
  }

  /** The connection is not to be gone on with. */
  static final class Refusal extends SSLException {
    private static final long serialVersionUID = 1;

    Refusal(ReplayException why) {
      super(why.getMessage(), why);
    }
  }

  /** HttpClient asks it for sizes, and believes no connection whose cipher has no name. */
  @Override
  public SSLSession getSession() {
    SSLSession now = super.getSession();
    Shown last = shown;
    if (last != null && last.session == now) return last.as;
    Class<SSLSession> type = SSLSession.class;
    InvocationHandler answers =
        (proxy, method, args) ->
            switch (method.getName()) {
              case "getApplicationBufferSize" -> Math.max(BUFFER, now.getApplicationBufferSize());
              case "getCipherSuite" -> plain ? "NONE" : now.getCipherSuite();
              default -> method.invoke(now, args);
            };
    SSLSession as =
        type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
    shown = new Shown(now, as);
    return as;
  }

  private record Shown(SSLSession session, SSLSession as) {}

  private boolean isHttp2() {
    return "h2".equals(inner.getApplicationProtocol());
  }

  @Override
  public SSLEngineResult wrap(ByteBuffer[] from, int offset, int length, ByteBuffer to)
      throws SSLException {
    boolean http2 = isHttp2();
    if (!http2) takeWord(from, offset, length);
    ByteBuffer[] before = new ByteBuffer[length];
    for (int i = 0; i < length; i++) before[i] = from[offset + i].duplicate();
    SSLEngineResult result = inner.wrap(from, offset, length, to);
    if (beginning == null && !plain) begin(to, result.bytesProduced());
    if (result.bytesConsumed() == 0) return result;
    try {
      for (int i = 0; i < length; i++) {
        ByteBuffer sent = before[i].limit(from[offset + i].position());
        if (http2) frames.sent(sent);
        else dialogue.sent(sent);
      }
    } catch (ReplayException e) {
      throw new Refusal(e);
    }
    return result;
  }

  private void begin(ByteBuffer sent, int n) {
    if (n < Pipe.BEGINNING) return;
    byte[] first = new byte[Pipe.BEGINNING];
    sent.get(sent.position() - n, first);
    beginning = first;
  }

  /** HttpClient has a buffer for each head, which it makes anew and looks at no more. */
  private void takeWord(ByteBuffer[] from, int offset, int length) {
    if (!dialogue.awaitsHead()) return;
    for (int i = offset; i < offset + length; i++) {
      if (!from[i].hasRemaining()) continue;
      String word = Word.takeFrom(from[i]);
      if (word != null) sends(word);
      return;
    }
  }

  private void sends(String word) {
    dialogue.sends(word);
    byte[] first = beginning;
    if (first != null) carriers.carries(word, first);
  }

  private boolean gaveWay() {
    byte[] first = beginning;
    return first != null && carriers.gaveWay(first);
  }

  /** TLS alone; what it refuses is no fault of the origin's where the connection was given up. */
  private SSLEngineResult open(ByteBuffer from, ByteBuffer[] to, int offset, int length)
      throws SSLException {
    try {
      return inner.unwrap(from, to, offset, length);
    } catch (SSLException e) {
      throw gaveWay() ? new Refusal(Passage.noMemory()) : e;
    }
  }

  @Override
  public SSLEngineResult unwrap(ByteBuffer from, ByteBuffer[] to, int offset, int length)
      throws SSLException {
    if (isHttp2()) return unwrapHttp2(from, to, offset, length);
    ByteBuffer out = to[offset];
    int start = from.position();
    ByteBuffer in = rest;
    if (in == null) {
      in = SCRATCH.get().clear();
      if (plain) in.limit(RECORD);
      SSLEngineResult result = open(from, new ByteBuffer[] {in}, 0, 1);
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

  private SSLEngineResult unwrapHttp2(ByteBuffer from, ByteBuffer[] to, int offset, int length)
      throws SSLException {
    ReplayException why = refused;
    if (why != null) throw new Refusal(why);
    int[] before = new int[length];
    for (int i = 0; i < length; i++) before[i] = to[offset + i].position();
    SSLEngineResult result = open(from, to, offset, length);
    if (result.bytesProduced() == 0) return result;
    try {
      for (int i = 0; i < length; i++) {
        ByteBuffer came = to[offset + i].duplicate().flip().position(before[i]);
        frames.received(came, System.nanoTime());
      }
      holds(frames.held());
    } catch (ReplayException e) {
      throw new Refusal(e);
    }
    return result;
  }

  /** Of the head that has begun; on one connection, only one at a time can have. */
  private void holds(int bytes) throws ReplayException {
    HeadMemory.Share head = dialogue.unfinished();
    if (bytes == 0) head.whole();
    else head.holds(bytes, false, String.valueOf(getPeerHost()), this::refuse);
  }

  /** Nothing may come any more that HttpClient would look at. */
  private void refuse(ReplayException why) {
    refused = why;
    byte[] first = beginning;
    if (first != null) carriers.wakesReader(first);
  }

  @Override
  public void closeOutbound() {
    dialogue.over();
    super.closeOutbound();
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
