package wsp.client.replay;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import wsp.client.origin.Failure;
import wsp.client.origin.OriginStream;
import wsp.client.origin.ReplayException;
import wsp.client.origin.ResponseSink;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;
import wsp.envelope.TrailerFields;

/**
 * One request on its way to the origin and its response on its way back, at the same time.
 *
 * <p>The request's side is called by the thread that has its bytes, one part after the other; the
 * response's side by the connection's I/O thread. {@code this} guards what both need; the sink is
 * never called under it.
 */
final class Replay implements OriginStream {
  private final Replayer replayer;
  private final Asked asked;
  private final ResponseSink sink;

  @GuardedBy("this")
  private final Upload upload;

  @GuardedBy("this")
  private @Nullable OriginConnection connection;

  @GuardedBy("this")
  private @Nullable Future<?> opening;

  @GuardedBy("this")
  private @Nullable Future<?> timeout;

  @GuardedBy("this")
  private final ReplayState state = new ReplayState();

  Replay(Replayer replayer, Asked asked, ResponseSink sink) {
    this.replayer = replayer;
    this.asked = asked;
    this.sink = sink;
    this.upload = new Upload(asked);
  }

  Asked asked() {
    return asked;
  }

  ResponseSink sink() {
    return sink;
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

  /** This is how opening can be broken off. */
  synchronized void opening(Future<?> how) {
    if (state.ended()) how.cancel(true);
    else opening = how;
  }

  /** True if a connection is still wanted. */
  synchronized boolean wanted() {
    return !state.ended();
  }

  /** Here is the connection; over TLS, on its own thread. */
  void attach(OriginConnection given) {
    boolean taken;
    sink.onConnected();
    synchronized (this) {
      if (state.ended()) {
        given.finish(true, System.nanoTime());
        return;
      }
      opening = null;
      connection = given;
      given.begin(this);
      if (asked.connects()) given.tunnel();
    }
    if (asked.connects()) {
      switched(new ResponseEnvelope(200, Headers.EMPTY, RequestEnvelope.UNKNOWN));
      // The other side may be the one that speaks first.
      paused();
      return;
    }
    synchronized (this) {
      if (connection != given) return;
      boolean waiting = upload.outstanding();
      write(given);
      taken = waiting && !upload.outstanding();
    }
    if (taken) sink.onRequestTaken();
  }

  // -- the request

  @Override
  public boolean body(ByteBuffer part, boolean last) {
    boolean taken = true;
    boolean first = false;
    boolean fits;
    synchronized (this) {
      fits = upload.fits(part.remaining(), last);
      if (fits) {
        taken = pass(part, last);
        first = state.seeks(upload.mayBegin());
      }
    }
    if (!fits) failed(ReplayException.wrongLength());
    if (first) replayer.seek(this);
    return taken;
  }

  @Override
  public synchronized void trailers(Headers fields) {
    upload.endsWith(TrailerFields.passedOn(fields, Headers.EMPTY));
  }

  @GuardedBy("this")
  private boolean pass(ByteBuffer part, boolean last) {
    if (state.ended() || upload.discarding()) return true;
    upload.take(part, last);
    OriginConnection to = connection;
    if (to != null && !upload.writing() && upload.due()) write(to);
    upload.keep(part);
    return !upload.outstanding();
  }

  @GuardedBy("this")
  private void write(OriginConnection to) {
    try {
      if (upload.write(to)) drained(to);
    } catch (IOException e) {
      cannotWrite(to);
    }
  }

  @GuardedBy("this")
  private void drained(OriginConnection to) {
    if (upload.expects() && state.isAwaiting()) timeout = replayer.awaitContinue(this, to);
    if (!upload.asked()) return;
    if (state.isWhole()) leave(to);
    else if (state.isAwaiting()) timeout = replayer.awaitHead(this);
  }

  @GuardedBy("this")
  private void cannotWrite(OriginConnection to) {
    // What has come before it may have sent it elsewhere already.
    if (connection != to) return;
    if (state.isAwaiting() && to.output().nothingLeft() && upload.repeatable()) {
      to.abort();
      elsewhere();
    } else {
      // The response may be there all the same, and says why.
      var unused = upload.discard();
      if (upload.isOpen()) replayer.soon(() -> failed(ReplayException.tunnelBroken()));
    }
  }

  /** Nothing of the request has left by this connection, and nothing ever will. */
  void unsent(OriginConnection by) {
    synchronized (this) {
      if (!state.ended() && connection == by) elsewhere();
    }
  }

  /** The connection that was to be used has ended before it was this one's. */
  void notAttached() {
    synchronized (this) {
      if (!state.ended()) elsewhere();
    }
  }

  /**
   * Nothing has left, so another connection may have it, once: the origin has just closed the idle
   * one that was to be used, or has sent something on it.
   */
  @GuardedBy("this")
  private void elsewhere() {
    if (timeout != null) timeout.cancel(false);
    connection = null;
    upload.restart();
    if (state.seeksAgain() && upload.repeatable()) replayer.connect(this);
    else replayer.soon(() -> failed(ReplayException.closedAtOnce()));
  }

  /** What the socket had not taken, it has now. */
  void written() {
    boolean taken;
    synchronized (this) {
      OriginConnection to = connection;
      if (to == null || !upload.writing()) return;
      boolean waiting = upload.outstanding();
      upload.written();
      if (upload.due()) write(to);
      else drained(to);
      taken = waiting && !upload.outstanding();
    }
    if (taken) sink.onRequestTaken();
  }

  /** The origin has closed its side of the request. */
  void takesNoMore() {
    boolean taken;
    synchronized (this) {
      taken = upload.discard() && !state.ended();
      if (upload.isOpen()) replayer.soon(() -> failed(ReplayException.tunnelBroken()));
    }
    if (taken) sink.onRequestTaken();
  }

  // -- the response

  void interim(ResponseEnvelope head) {
    if (head.status() == 100) {
      proceed();
      return;
    }
    synchronized (this) {
      if (state.ended() || !state.isAwaiting()) return;
    }
    sink.onInterim(head);
  }

  /** The body is wanted, or the origin does not say; on its thread, as {@link #responding} is. */
  void proceed() {
    boolean taken;
    synchronized (this) {
      OriginConnection to = connection;
      if (to == null || !state.isAwaiting() || !upload.proceeds()) return;
      if (timeout != null) timeout.cancel(false);
      boolean waiting = upload.outstanding();
      if (!upload.writing() && upload.due()) write(to);
      taken = waiting && !upload.outstanding();
    }
    sink.onBodyWanted();
    if (taken) sink.onRequestTaken();
  }

  /** The connection is a tunnel. */
  void switched(ResponseEnvelope head) {
    synchronized (this) {
      if (!state.responds()) return;
      if (timeout != null) timeout.cancel(false);
      upload.open();
    }
    sink.onHead(head);
  }

  void responding(ResponseEnvelope head) {
    boolean taken;
    synchronized (this) {
      if (!state.responds()) return;
      if (timeout != null) timeout.cancel(false);
      // The origin has answered without it: the body never leaves.
      taken = upload.expects() && upload.discard();
    }
    sink.onHead(head);
    if (taken) sink.onRequestTaken();
  }

  /** All that has come so far was given to the sink. */
  void paused() {
    synchronized (this) {
      if (state.ended() || state.isAwaiting()) return;
    }
    sink.onPause();
  }

  /** The response is whole; its last piece goes to the sink after this. */
  void responded(Keeping keeping) {
    boolean taken = false;
    synchronized (this) {
      OriginConnection from = connection;
      if (from == null) return;
      if (keeping == Keeping.BOUND) replayer.bind(from, asked.bond());
      boolean reusable = keeping.use() != Keeping.Use.NOBODY;
      state.responded(reusable);
      if (upload.whole()) {
        leave(from);
      } else if (upload.isOpen() && !upload.discarding()) {
        return;
      } else if (!reusable || upload.discarding()) {
        taken = giveUpRequest(from);
      } else {
        replayer.watchUpload(this, from.output().bytesWritten());
      }
    }
    if (taken) sink.onRequestTaken();
  }

  /** The request has been answered, and the origin no longer takes the rest of it. */
  @GuardedBy("this")
  private boolean giveUpRequest(OriginConnection from) {
    connection = null;
    from.abort();
    return upload.discard();
  }

  @GuardedBy("this")
  private void leave(OriginConnection from) {
    connection = null;
    var unused = upload.discard();
    from.finish(state.isReusable(), System.nanoTime());
  }

  /** After an early answer: goes on as long as the origin takes something. */
  void checkUpload(long writtenBefore) {
    boolean taken;
    synchronized (this) {
      OriginConnection from = connection;
      if (from == null) return;
      if (!upload.writing() || from.output().bytesWritten() > writtenBefore) {
        replayer.watchUpload(this, from.output().bytesWritten());
        return;
      }
      taken = giveUpRequest(from);
    }
    if (taken) sink.onRequestTaken();
  }

  @Override
  public void resume() {
    OriginConnection from;
    synchronized (this) {
      from = state.isWhole() ? null : connection;
    }
    if (from != null) from.taken();
  }

  // -- the end

  /** The connection has ended; a failure tells how the response stood, if it was not whole. */
  void disconnected(OriginConnection from, @Nullable ReplayException failure) {
    boolean whole;
    boolean taken;
    boolean left;
    synchronized (this) {
      if (state.ended() || connection != from) return;
      if (upload.atTheBeginning()) {
        elsewhere();
        return;
      }
      connection = null;
      // TLS has ended both ways with the caller's own, so that nothing more was to come.
      left = asked.route().secure() && upload.isOpen() && upload.whole() && !state.isWhole();
      if (left) state.responded(false);
      whole = (state.isWhole() && !upload.isOpen()) || failure == null;
      taken = whole && upload.discard();
    }
    if (left) {
      var unused = sink.onBody(ByteBuffer.allocate(0), true);
    } else if (!whole && failure != null) failed(failure);
    else if (taken) sink.onRequestTaken();
  }

  /** The head of the response has not come in time. */
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
      late = state.isWhole() && !upload.isOpen() && failure.failure() != Failure.WRONG_LENGTH;
      late |= !state.ends();
    }
    cancel();
    if (!late) sink.onFailure(failure);
  }

  @Override
  public void cancel() {
    OriginConnection from;
    synchronized (this) {
      var unused = state.ends();
      unused = upload.discard();
      from = connection;
      connection = null;
      if (opening != null) opening.cancel(true);
      if (timeout != null) timeout.cancel(false);
    }
    if (from != null) from.abort();
  }
}
