package wsp.client.replay;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLEngine;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.EventMask;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.client.net.Reactor;
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

  /** Larger heads go out at once: the limit for their answer begins when they have gone. */
  private static final int SMALL = 8 * 1024;

  /** Reads in a row before other connections get their turn. */
  private static final int READS = 8;

  private static final byte[] CRLF = {'\r', '\n'};
  private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** What the I/O thread reads into, as long as pieces are taken at once. */
  private static final ThreadLocal<@Nullable ByteBuffer> INPUT = new ThreadLocal<>();

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
  private final long keepAliveNanos;

  private volatile @Nullable Opening opening;
  private volatile @Nullable IOSession session;
  private volatile @Nullable Thread thread;
  private volatile @Nullable Replay current;
  private volatile long expiresAt;
  private volatile @Nullable SSLEngine engine;
  private final Runnable writePutOff = this::writePutOff;

  // Of the I/O thread.
  /** The piece that was handed on last is still in use, and reading is paused. */
  private boolean inputInUse;

  /** The piece is the last of its response: the connection may be on with the next one. */
  private boolean inputGone;

  /** What this connection reads into once a piece has not been taken at once. */
  private @Nullable ByteBuffer ownInput;

  // Guarded by this.
  private ByteBuffer output = NOTHING;
  private boolean outputPending;

  /** A whole request waits for the end of the round; nothing of it has left. */
  private boolean putOff;

  /** The connection is at its end: nothing is written any more. */
  private boolean over;

  private long bytesWritten;
  private int untaken;

  OriginConnection(
      Route route, InetAddress address, OriginPool pool, OriginLimits limits, Opening opening) {
    this.route = route;
    this.address = address;
    this.pool = pool;
    this.reader = new ResponseReader(limits.maxHeader());
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
  void begin(Replay replay, String method) {
    reader.expect(method);
    synchronized (this) {
      bytesWritten = 0;
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
    if (!allWritten()) abort();
    else if (reusable && kept > 0) pool.release(this);
    else close();
  }

  /** False if the answer came before the whole of the request was in the socket. */
  private synchronized boolean allWritten() {
    return !putOff && !output.hasRemaining();
  }

  @Override
  public void close() {
    IOSession s = session;
    if (s != null) s.close(CloseMode.GRACEFUL);
  }

  /** Resets the connection, so that a cut request can't be taken for a whole one. */
  void abort() {
    current = null;
    var unused = putsOffNoMore();
    IOSession s = session;
    if (s != null) s.close(CloseMode.IMMEDIATE);
  }

  // -- the request

  /** How much of the current request the socket has taken. */
  synchronized long bytesWritten() {
    return bytesWritten;
  }

  /**
   * Writes a part of the request; not before the one before it was written. On an I/O thread, a
   * request without a body may wait for the end of the round: {@link Replay#unsent} is called if it
   * cannot be sent then.
   *
   * @param head the request's head, or null if it has been written
   * @param last whether the request ends with this part
   * @return false if the socket did not take all; {@link Replay#written} is called when it has
   */
  synchronized boolean write(
      @Nullable ByteBuffer head, ByteBuffer part, boolean chunked, boolean last)
      throws IOException {
    IOSession s = session;
    // Once that is noticed, nobody looks any more at who has begun here.
    if (s == null || over) throw new IOException("not connected");
    // With a body, it could not be sent again.
    boolean mayWait = last && head != null && !chunked && !part.hasRemaining();
    output = compose(head, part, chunked, last);
    mayWait &= output.remaining() <= SMALL;
    putOff = mayWait && Reactor.atEndOfRound(writePutOff);
    return putOff || flush(s);
  }

  private void writePutOff() {
    boolean unsent;
    synchronized (this) {
      IOSession s = session;
      if (!putOff || s == null) return;
      try {
        flush(s);
        unsent = false;
      } catch (IOException e) {
        unsent = bytesWritten == 0;
      }
      // Still so, for the thread that may find the end at the same moment.
      putOff = unsent;
    }
    if (unsent) unsent();
  }

  private synchronized boolean isPutOff() {
    return putOff;
  }

  /** True if a request waits: then nothing of it has left, and nothing will. */
  private synchronized boolean putsOffNoMore() {
    boolean waits = putOff;
    putOff = false;
    over = true;
    return waits;
  }

  /** Nothing of the request has left, and this connection is no good for it. */
  private void unsent() {
    Replay replay = current;
    pool.remove(this);
    abort();
    if (replay != null) replay.unsent(this);
  }

  private ByteBuffer compose(
      @Nullable ByteBuffer head, ByteBuffer part, boolean chunked, boolean last) {
    if (!chunked && !part.hasRemaining()) return head == null ? NOTHING : head;
    int size = part.remaining() + (head == null ? 0 : head.remaining()) + 32;
    ByteBuffer out = output.capacity() >= size ? output.clear() : ByteBuffer.allocate(size);
    if (head != null) out.put(head);
    if (chunked && part.hasRemaining()) {
      out.put(Integer.toHexString(part.remaining()).getBytes(StandardCharsets.US_ASCII)).put(CRLF);
      out.put(part).put(CRLF);
    } else {
      out.put(part);
    }
    if (chunked && last) out.put(LAST_CHUNK);
    return out.flip();
  }

  private boolean flush(IOSession s) throws IOException {
    while (output.hasRemaining()) {
      int n = s.write(output);
      if (n <= 0) break;
      bytesWritten += n;
    }
    boolean done = !output.hasRemaining();
    // Over TLS, what was written has only been encrypted so far.
    if (!done || (route.secure() && !outputPending)) s.setEvent(EventMask.WRITE);
    else if (outputPending) s.clearEvent(EventMask.WRITE);
    outputPending = !done;
    return done;
  }

  @Override
  public void outputReady(IOSession s) {
    Replay replay = current;
    try {
      synchronized (this) {
        if (!outputPending) {
          s.clearEvent(EventMask.WRITE);
          return;
        }
        if (!flush(s)) return;
      }
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
      ByteBuffer in = input();
      int n = s.read(in.clear());
      inputInUse = false;
      inputGone = false;
      if (n < 0) ended();
      else if (n > 0) received(in.flip());
      giveBack(in);
      if (inputInUse || inputGone || n < in.capacity() || current == null) return;
    }
  }

  /** The TLS layer uses its buffer again, even while a piece in it is in use. */
  private void receivedDecrypted(ByteBuffer decrypted) {
    ByteBuffer in = input();
    if (in.capacity() < decrypted.remaining()) in = ByteBuffer.allocate(decrypted.remaining());
    inputInUse = false;
    inputGone = false;
    received(in.clear().put(decrypted).flip());
    giveBack(in);
  }

  private ByteBuffer input() {
    ByteBuffer in = ownInput;
    ownInput = null;
    if (in != null) return in;
    in = INPUT.get();
    INPUT.set(null);
    return in == null ? ByteBuffer.allocate(PIECE) : in;
  }

  /** Reading pauses while a piece is in use, so that its buffer is free at the next read. */
  private void giveBack(ByteBuffer in) {
    if (inputGone) return;
    if (!inputInUse) INPUT.set(in);
    else if (!route.secure()) ownInput = in;
  }

  private void received(ByteBuffer in) {
    if (isPutOff()) {
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
    Replay replay = current;
    if (replay != null) replay.responding(head);
  }

  @Override
  public void body(ByteBuffer piece, boolean last) {
    Replay replay = current;
    if (replay == null) return;
    if (last) {
      // Done with the connection first, so that the next request finds it in the pool.
      replay.responded(reader.reusable());
      inputGone = !replay.sink().onBody(piece, true);
      return;
    }
    synchronized (this) {
      untaken++;
    }
    inputInUse = !replay.sink().onBody(piece, false);
    synchronized (this) {
      if (!inputInUse) untaken--;
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
    boolean unsent = putsOffNoMore();
    // Another thread may have leased it a moment ago, and begun; from now on it cannot write.
    Replay replay = current;
    abort();
    if (replay == null) return;
    if (unsent) replay.unsent(this);
    else if (failure != null || reader.complete()) replay.disconnected(this, failure);
    else replay.disconnected(this, reader.broken("the origin closed the connection"));
  }
}
