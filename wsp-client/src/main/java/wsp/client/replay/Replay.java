package wsp.client.replay;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.ByteBuffer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import wsp.client.origin.Failure;
import wsp.client.origin.OriginStream;
import wsp.client.origin.ReplayException;
import wsp.client.origin.ResponseSink;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;

/**
 * One request on its way to the origin and its response on its way back, at the same time. The
 * request's side is called by the thread that has its bytes, the response's by the connection's I/O
 * thread. {@code this} guards both, and is not held where the sink is called.
 */
final class Replay implements OriginStream {
  private final Replayer replayer;
  final Asked asked;
  final ResponseSink sink;

  @GuardedBy("this")
  private final ReplayState state = new ReplayState();

  @GuardedBy("this")
  private final Upload upload;

  @GuardedBy("this")
  private final Transmission request;

  Replay(Replayer replayer, Asked asked, ResponseSink sink) {
    this.replayer = replayer;
    this.asked = asked;
    this.sink = sink;
    this.upload = new Upload(asked);
    this.request = new Transmission(this, replayer, upload, state);
  }

  // -- opening

  @Override
  public void start() {
    boolean first;
    synchronized (this) {
      first = state.seeks(upload.mayBegin());
    }
    if (first) replayer.seek(this);
  }

  /**
   * How opening is broken off: it runs once the request is over, under no lock, so that nothing
   * shared refers to that any longer. Without effect when there is a connection.
   */
  void opening(Runnable how) {
    boolean over;
    synchronized (this) {
      over = !request.opensBy(how);
    }
    if (over) how.run();
  }

  synchronized boolean wanted() {
    return !state.ended();
  }

  /** Here is the connection; over TLS, on its own thread. */
  void attach(OriginConnection given) {
    sink.onConnected();
    boolean taken;
    synchronized (this) {
      if (state.ended()) {
        given.finish(true, System.nanoTime());
        return;
      }
      request.begin(given);
      taken = !asked.connects() && request.goOn();
    }
    if (asked.connects()) {
      responding(new ResponseEnvelope(200, Headers.EMPTY, RequestEnvelope.UNKNOWN));
      // The other side may be the one that speaks first.
      paused();
    }
    tell(taken);
  }

  /** Tells the sink, under no lock, if a part is taken: {@link #has} says so. */
  void tell(boolean taken) {
    if (taken) sink.onRequestTaken();
  }

  // -- the request

  @Override
  public boolean body(ByteBuffer part, boolean last) {
    boolean fits;
    boolean taken;
    boolean first;
    synchronized (this) {
      fits = upload.fits(part.remaining(), last);
      taken = !fits || request.pass(part, last);
      first = fits && state.seeks(upload.mayBegin());
    }
    if (!fits) failed(ReplayException.wrongLength());
    if (first) replayer.seek(this);
    return taken;
  }

  @Override
  public synchronized void trailers(Headers fields) {
    upload.endsWith(fields);
  }

  /** Nothing has left by this connection, or by the one that was to be used, and never will. */
  synchronized void unsent(@Nullable OriginConnection by) {
    if (!state.ended() && request.isBy(by)) request.elsewhere();
  }

  /** Something has become of the request; true if a part of it counts as taken by that. */
  synchronized boolean has(Predicate<Transmission> become) {
    return become.test(request);
  }

  /** The origin has closed its side of the request. */
  synchronized boolean takesNoMore() {
    return request.stop() && !state.ended();
  }

  // -- the response

  void interim(ResponseEnvelope head) {
    synchronized (this) {
      if (state.ended() || !state.isAwaiting()) return;
    }
    sink.onInterim(head);
  }

  /** The body is wanted, or the origin does not say; on its thread, as {@link #responding} is. */
  void proceed() {
    boolean taken;
    synchronized (this) {
      if (!request.proceeds()) return;
      taken = request.goOn();
    }
    sink.onBodyWanted();
    tell(taken);
  }

  void responding(ResponseEnvelope head) {
    boolean taken;
    synchronized (this) {
      if (!state.responds()) return;
      request.inTime();
      if (asked.connects() || head.status() == 101) upload.open();
      // The origin has answered without it: the body never leaves.
      taken = upload.expects() && upload.discard();
    }
    sink.onHead(head);
    tell(taken);
  }

  /** All that has come so far was given to the sink. */
  void paused() {
    synchronized (this) {
      if (state.ended() || state.isAwaiting()) return;
    }
    sink.onPause();
  }

  /** The response is whole; its last piece goes to the sink after this. */
  synchronized boolean responded(Keeping keeping) {
    return request.answered(keeping);
  }

  @Override
  public void resume() {
    OriginConnection from;
    synchronized (this) {
      from = state.isWhole() ? null : request.connection();
    }
    if (from != null) from.input.taken();
  }

  // -- the end

  @Override
  public synchronized boolean isOver(Runnable then) {
    return request.isOver(then);
  }

  /** The connection has ended; a failure tells how the response stood, if it was not whole. */
  void disconnected(OriginConnection from, @Nullable ReplayException failure) {
    boolean whole;
    boolean taken;
    boolean left;
    synchronized (this) {
      if (state.ended() || !request.isBy(from)) return;
      if (upload.atTheBeginning()) {
        request.elsewhere();
        return;
      }
      var unused = request.release();
      // TLS has ended both ways with the caller's own, so that nothing more was to come.
      left = asked.route().secure() && upload.isOpen() && upload.whole() && !state.isWhole();
      if (left) state.responded(false);
      whole = request.isDone() || failure == null;
      taken = whole && upload.discard();
    }
    if (left) {
      var unused = sink.onBody(ByteBuffer.allocate(0), true);
    } else if (!whole && failure != null) failed(failure);
    else tell(taken);
  }

  void timedOut() {
    synchronized (this) {
      if (!state.timesOut()) return;
    }
    cancel();
    sink.onFailure(new ReplayException(Failure.NO_ANSWER, "the origin did not answer in time"));
  }

  /** It has failed; the sink hears of it unless it is done anyway. */
  void failed(ReplayException failure) {
    boolean late;
    synchronized (this) {
      late = !state.ends() || (request.isDone() && failure.failure() != Failure.WRONG_LENGTH);
    }
    cancel();
    if (!late) sink.onFailure(failure);
  }

  /** With TLS, its engine and a record that has come. */
  @Override
  public int keeps() {
    return asked.route().secure() ? 28 << 10 : 4 << 10;
  }

  @Override
  public void cancel() {
    Runnable breakOff;
    synchronized (this) {
      var unused = state.ends();
      breakOff = request.end();
    }
    breakOff.run();
  }
}
