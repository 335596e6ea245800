package wsp.client.replay;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.EventMask;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.client.net.TlsLayer;
import wsp.client.origin.Failure;
import wsp.client.origin.HeadMemory;
import wsp.client.origin.OriginLimits;
import wsp.client.origin.ReplayException;
import wsp.client.origin.Route;
import wsp.envelope.ConnectionAuth;
import wsp.process.LastResort;

/**
 * One connection to an origin, serving one replay after the other.
 *
 * <p>Threads: events come on the connection's I/O thread, and only that one reads. Writes come from
 * the thread that has the bytes and go straight to the socket, without waking another; what the
 * socket does not take is written by the I/O thread later. A connection is one replay's from {@link
 * #begin} to {@link #finish} or {@link #abort}.
 */
final class OriginConnection implements IOEventHandler, OriginPool.Idle {
  static final Logger log = LoggerFactory.getLogger(OriginConnection.class);

  /** Hears, once, how its opening went. */
  interface Opening {
    void opened(OriginConnection connection);

    void failed(Exception cause);
  }

  final InetAddress address;
  private volatile Route route;

  /** Where it goes when it is idle. */
  volatile OriginPool pool;

  private final ResponseReader reader;

  /** Where its requests go; calls {@link Replay#unsent} for one put off that cannot be sent. */
  final RequestOutput output;

  final ResponseInput input;
  final Loan loan = new Loan();
  private final KeepAlive keepAlive;
  private final AtomicReference<@Nullable Opening> opening;
  volatile @Nullable IOSession session;
  private volatile @Nullable Thread thread;

  /** The replay that it serves now, if there is one. */
  volatile @Nullable Replay current;

  OriginConnection(
      Route route,
      InetAddress address,
      OriginPool pool,
      OriginLimits limits,
      HeadMemory heads,
      Opening opening) {
    this.route = route;
    this.address = address;
    this.pool = pool;
    this.reader = new ResponseReader(limits.maxHeader());
    this.output = new RequestOutput(route.secure(), this);
    this.input = new ResponseInput(this, reader, output, heads);
    this.keepAlive = new KeepAlive(limits.keepAlive());
    this.opening = new AtomicReference<>(opening);
  }

  @Override
  public Route route() {
    return route;
  }

  @Override
  public boolean isNear() {
    return thread == Thread.currentThread();
  }

  @Override
  public KeepAlive keepAlive() {
    return keepAlive;
  }

  /** Attaches it to a replay; over TLS on its own thread, which alone can read what has come. */
  void lend(Replay to) {
    if (isNear() || !route.secure()) {
      to.attach(this);
      return;
    }
    loan.to(to, session);
    // Whoever noticed the end before that found nobody to tell.
    if (output.over()) loan.refuse();
  }

  /** Makes it this replay's: the next response is its. */
  void begin(Replay replay) {
    Asked asked = replay.asked;
    boolean bound = ConnectionAuth.inRequest(asked.request().headers());
    reader.expect(asked.request().method(), bound, asked.bond() != null, asked.upgrade());
    output.begin();
    input.forget();
    current = replay;
  }

  /** It serves one caller's connection alone from now on, and comes back to that one's pool. */
  void bindTo(Route bound, OriginPool keeper) {
    route = bound;
    pool = keeper;
  }

  /** The replay is done with it: back into the pool, or closed in peace. */
  void finish(boolean reusable, long now) {
    current = null;
    boolean stays = keepAlive.from(now, reader.keepAliveSeconds());
    // The answer may have come before the whole of the request was in the socket.
    boolean whole = output.allWritten();
    output.finish();
    if (!whole) abort();
    else if (reusable && stays) pool.release(this);
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
    input.over();
    IOSession s = session;
    if (s != null) s.close(CloseMode.IMMEDIATE);
  }

  // -- events

  @Override
  public void outputReady(IOSession s) {
    loan.serve(this, current);
    Replay replay = current;
    try {
      if (output.goOn(s) && replay != null) replay.tell(replay.has(Transmission::written));
    } catch (IOException e) {
      s.clearEvent(EventMask.WRITE);
      if (replay != null) replay.tell(replay.takesNoMore());
    }
  }

  /** The TCP connection is open; over TLS, it may not be used yet. */
  void tcpConnected(IOSession s) {
    session = s;
  }

  void secured(TlsLayer with) {
    input.secured(with);
    output.secured(with);
  }

  @Override
  public void connected(IOSession s) {
    session = s;
    thread = Thread.currentThread();
    Opening waiting = opening.getAndSet(null);
    if (waiting != null) waiting.opened(this);
  }

  @Override
  public void inputReady(IOSession s, @Nullable ByteBuffer decrypted) throws IOException {
    try {
      input.ready(s, decrypted);
    } catch (RuntimeException | Error e) {
      LastResort.endIfOutOfMemory(e);
      // Whatever else it is, the I/O thread and the other connections on it live on.
      log.error("reading a response failed:", e);
      fail(new ReplayException(Failure.INTERNAL, "internal error"));
    }
  }

  /** Bytes go both ways as they are, from the first one on. */
  void tunnel() {
    reader.raw();
    output.raw();
  }

  // -- the end

  @Override
  public void exception(IOSession s, Exception cause) {
    Opening waiting = opening.getAndSet(null);
    if (waiting == null) end(reader.lost(route, cause));
    else {
      abort();
      waiting.failed(cause);
    }
  }

  /** The request that it is being opened for is over; without effect once it is open. */
  void unwanted() {
    if (opening.getAndSet(null) != null) abort();
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
  void fail(ReplayException failure) {
    Replay replay = current;
    pool.remove(this);
    abort();
    if (replay != null) replay.failed(failure);
  }

  /** The connection has ended, perhaps before the response did. */
  void end(@Nullable ReplayException failure) {
    pool.remove(this);
    boolean unsent = output.end() || (output.nothingLeft() && !reader.begun());
    // Another thread may have leased it a moment ago, and begun; from now on it cannot write.
    Replay replay = current;
    abort();
    loan.refuse();
    if (replay == null) return;
    if (unsent) replay.unsent(this);
    else if (failure != null || reader.complete()) replay.disconnected(this, failure);
    else replay.disconnected(this, reader.broken("the origin closed the connection"));
  }
}
