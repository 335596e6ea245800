package wsp.client.replay;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.EventMask;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.envelope.ResponseEnvelope;

/**
 * One connection to an origin, serving one replay after the other.
 *
 * <p>Threads: events come on the connection's I/O thread, and only that one reads. Writes come from
 * the thread that has the bytes and go straight to the socket, without waking another; what the
 * socket does not take is written by the I/O thread later. A connection is one replay's from {@link
 * #begin} to {@link #finish} or {@link #abort}.
 */
final class OriginConnection implements IOEventHandler, OriginPool.Idle, ResponseReader.Target {
  static final Logger log = LoggerFactory.getLogger(OriginConnection.class);

  /** With its header and mask, a frame with so much is what the WebSocket writes at once. */
  static final int PIECE = 16 * 1024 - 8;

  /** Reads in a row before other connections get their turn. */
  private static final int READS = 8;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** Who is told, once, how opening went. */
  interface Opening {
    /** It may be used. */
    void opened(OriginConnection connection);

    /** It never will be. */
    void failed(Exception cause);
  }

  private final Route route;
  private final InetAddress address;
  private final OriginPool pool;
  private final ResponseReader reader;
  private final RequestOutput output;
  private final InputBuffer input;
  private final long keepAliveNanos;

  private volatile @Nullable Opening opening;
  private volatile @Nullable IOSession session;
  private volatile @Nullable Thread thread;
  private volatile @Nullable Replay current;
  private volatile long expiresAt;
  private volatile @Nullable SSLEngine engine;

  /** Pieces of the response that have not been taken yet; guarded by this. */
  private int untaken;

  OriginConnection(
      Route route, InetAddress address, OriginPool pool, OriginLimits limits, Opening opening) {
    this.route = route;
    this.address = address;
    this.pool = pool;
    this.reader = new ResponseReader(limits.maxHeader());
    this.output = new RequestOutput(route.secure(), this::unsent);
    this.input = new InputBuffer(route.secure());
    this.keepAliveNanos = limits.keepAlive().toNanos();
    this.opening = opening;
  }

  @Override
  public Route route() {
    return route;
  }

  /** What it is connected to, or going to be. */
  InetAddress address() {
    return address;
  }

  @Override
  public boolean isNear() {
    return thread == Thread.currentThread();
  }

  @Override
  public long expiresAt() {
    return expiresAt;
  }

  /** Makes it this replay's: the next response is its. */
  void begin(Replay replay, String method, boolean bound) {
    reader.expect(method, bound);
    output.begin();
    synchronized (this) {
      if (untaken > 0) readOn();
    }
    current = replay;
  }

  /** The replay is done with it: back into the pool, or closed in peace. */
  void finish(boolean reusable, long now) {
    current = null;
    long kept = keepAliveNanos;
    // An origin that closes at the same moment would cost us a request: be a second earlier.
    if (reader.keepAliveSeconds() >= 0)
      kept = Math.min(kept, (reader.keepAliveSeconds() - 1) * 1_000_000_000L);
    expiresAt = now + kept;
    // The answer may have come before the whole of the request was in the socket.
    if (!output.allWritten()) abort();
    else if (reusable && kept > 0) pool.release(this);
    else close();
  }

  @Override
  public void close() {
    IOSession s = session;
    if (s != null) s.close(CloseMode.GRACEFUL);
  }

  /** Resets the connection, so that a cut request can't be taken for a whole one. */
  void abort() {
    current = null;
    var unused = output.end();
    IOSession s = session;
    if (s != null) s.close(CloseMode.IMMEDIATE);
  }

  // -- the request

  /** How much of the current request the socket has taken. */
  long bytesWritten() {
    return output.bytesWritten();
  }

  /**
   * Writes a part of the request, as {@link RequestOutput#write}. {@link Replay#unsent} is called
   * if one that was put off cannot be sent.
   *
   * @return false if the socket did not take all; {@link Replay#written} is called when it has
   */
  boolean write(@Nullable ByteBuffer head, ByteBuffer part, boolean chunked, boolean last)
      throws IOException {
    return output.write(session, head, part, chunked, last);
  }

  /** Nothing of the request has left, and this connection is no good for it. */
  private void unsent() {
    Replay replay = current;
    pool.remove(this);
    abort();
    if (replay != null) replay.unsent(this);
  }

  @Override
  public void outputReady(IOSession s) {
    Replay replay = current;
    try {
      if (!output.goOn(s)) return;
      if (replay != null) replay.written();
    } catch (IOException e) {
      s.clearEvent(EventMask.WRITE);
      if (replay != null) replay.takesNoMore();
    }
  }

  // -- the response

  /** The TCP connection is open; over TLS, it may not be used yet. */
  void tcpConnected(IOSession s) {
    session = s;
  }

  /** TLS is on top, with this engine. */
  void secured(SSLEngine with) {
    engine = with;
  }

  @Override
  public void connected(IOSession s) {
    session = s;
    thread = Thread.currentThread();
    Opening waiting = opening;
    opening = null;
    if (waiting != null) waiting.opened(this);
  }

  @Override
  public void inputReady(IOSession s, @Nullable ByteBuffer decrypted) throws IOException {
    try {
      if (decrypted != null && decrypted.hasRemaining()) receivedDecrypted(decrypted);
      else readSome(s);
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (RuntimeException | Error e) {
      // Whatever else it is, the I/O thread and the other connections on it live on.
      log.error("reading a response failed:", e);
      fail(new ReplayException(Failure.INTERNAL, "internal error"));
    }
  }

  private void readSome(IOSession s) throws IOException {
    for (int i = 0; i < READS; i++) {
      ByteBuffer in = input.take();
      int n = s.read(in);
      if (n < 0) ended();
      else if (n > 0) received(in.flip());
      input.giveBack(in);
      if (!input.isFree() || n < in.capacity() || current == null) return;
    }
  }

  /** The TLS layer uses its buffer again, even while a piece in it is in use. */
  private void receivedDecrypted(ByteBuffer decrypted) {
    ByteBuffer in = input.take(decrypted.remaining());
    received(in.put(decrypted).flip());
    input.giveBack(in);
  }

  private void received(ByteBuffer in) {
    if (output.isPutOff()) {
      // It cannot be the answer to what has not been asked yet.
      end(reader.broken("the origin sent something that it was not asked for"));
      return;
    }
    if (current == null || reader.complete()) {
      // Nobody asked for it: what follows could not be told from the next response.
      end(null);
      return;
    }
    try {
      reader.read(in, this);
      Replay replay = current;
      if (replay != null && !reader.complete()) replay.paused();
    } catch (ReplayException e) {
      fail(e);
    }
  }

  @Override
  public void head(ResponseEnvelope head) {
    if (reader.keeping() == Keeping.AUTHENTICATED) pool.notice().about(route, System.nanoTime());
    Replay replay = current;
    if (replay != null) replay.responding(head);
  }

  @Override
  public void body(ByteBuffer piece, boolean last) {
    Replay replay = current;
    if (replay == null) return;
    if (last) {
      // Done with the connection first, so that the next request finds it in the pool.
      replay.responded(reader.keeping());
      input.handedOn(replay.sink().onBody(piece, true), true);
      return;
    }
    synchronized (this) {
      untaken++;
    }
    boolean taken = replay.sink().onBody(piece, false);
    input.handedOn(taken, false);
    synchronized (this) {
      if (taken) untaken--;
      IOSession s = session;
      // It may have been taken in the meantime, by another thread.
      if (untaken > 0 && s != null) s.clearEvent(EventMask.READ);
    }
  }

  /** A piece that was not taken at once has been taken. */
  synchronized void taken() {
    if (untaken > 0 && --untaken == 0) readOn();
  }

  private void readOn() {
    untaken = 0;
    IOSession s = session;
    if (s != null) s.setEvent(EventMask.READ);
  }

  // -- the end

  private void ended() {
    if (current == null || reader.complete()) {
      end(null);
      return;
    }
    SSLEngine tls = engine;
    if (tls != null && !tls.isInboundDone()) {
      // Anybody on the way may have cut it: only TLS's own end is the end (RFC 9112 §9.8).
      end(reader.broken("the connection ended without the end of TLS"));
      return;
    }
    try {
      if (reader.end()) body(NOTHING, true);
    } catch (ReplayException e) {
      end(e);
    }
  }

  @Override
  public void exception(IOSession s, Exception cause) {
    if (!openingFailed(cause)) end(reader.broken("the origin reset the connection"));
  }

  /** True if it was being opened, and now never will be. */
  boolean openingFailed(Exception cause) {
    Opening waiting = opening;
    opening = null;
    if (waiting == null) return false;
    abort();
    waiting.failed(cause);
    return true;
  }

  @Override
  public void disconnected(IOSession s) {
    exception(s, new IOException("closed"));
  }

  @Override
  public void timeout(IOSession s, Timeout timeout) {
    exception(s, new IOException("timed out"));
    s.close(CloseMode.IMMEDIATE);
  }

  /** The response can't be used. */
  private void fail(ReplayException failure) {
    Replay replay = current;
    pool.remove(this);
    abort();
    if (replay != null) replay.failed(failure);
  }

  /** The connection has ended, perhaps before the response did. */
  private void end(@Nullable ReplayException failure) {
    pool.remove(this);
    boolean unsent = output.end();
    // Another thread may have leased it a moment ago, and begun; from now on it cannot write.
    Replay replay = current;
    abort();
    if (replay == null) return;
    if (unsent) replay.unsent(this);
    else if (failure != null || reader.complete()) replay.disconnected(this, failure);
    else replay.disconnected(this, reader.broken("the origin closed the connection"));
  }
}
