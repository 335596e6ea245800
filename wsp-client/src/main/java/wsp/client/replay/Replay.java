package wsp.client.replay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;

/**
 * One request on its way to the origin and its response on its way back, at the same time.
 *
 * <p>The request's side is called by the thread that has its bytes, one part after the other; the
 * response's side by the connection's I/O thread. {@code this} guards what both need; the sink is
 * never called under it.
 */
public final class Replay {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Replayer replayer;
  private final Route route;
  private final RequestEnvelope request;
  private final ByteBuffer head;
  private final ResponseSink sink;
  private final boolean chunked;
  private final boolean bound;

  // Guarded by this.
  private @Nullable OriginConnection connection;
  private @Nullable Future<?> opening;
  private @Nullable Future<?> timeout;

  /** Bytes of the body that are still to come, unless it is chunked. */
  private long remaining;

  /** A part that has not been given to the connection. */
  private @Nullable ByteBuffer held;

  /** A part was given to the connection, and it is not all in the socket. */
  private boolean unacknowledged;

  private boolean connectedAgain;
  private boolean headWritten;
  private boolean writing;
  private boolean requestEnded;
  private boolean endWritten;
  private boolean requestWritten;
  private boolean responding;
  private boolean responded;
  private boolean reusable;

  /** Nothing more goes to the origin; what comes of the request's body is dropped. */
  private boolean discarding;

  /** The sink is not to be called any more. */
  private boolean ended;

  Replay(
      Replayer replayer, Route route, RequestEnvelope request, ByteBuffer head, ResponseSink sink) {
    this.replayer = replayer;
    this.route = route;
    this.request = request;
    this.head = head;
    this.sink = sink;
    this.chunked = request.contentLength() == RequestEnvelope.UNKNOWN;
    this.bound = ConnectionAuth.inRequest(request.headers());
    this.remaining = request.contentLength();
  }

  Route route() {
    return route;
  }

  ResponseSink sink() {
    return sink;
  }

  // -- opening

  /** Starts it: from now on the sink may be called. */
  public void start() {
    replayer.start(this);
  }

  /** This is how opening can be broken off. */
  synchronized void opening(Future<?> how) {
    if (ended) how.cancel(true);
    else opening = how;
  }

  /** True if a connection is still wanted. */
  synchronized boolean wanted() {
    return !ended;
  }

  /** Here is the connection. */
  void attach(OriginConnection given) {
    boolean taken = false;
    sink.onConnected();
    synchronized (this) {
      if (ended) {
        given.finish(true, System.nanoTime());
        return;
      }
      opening = null;
      connection = given;
      given.begin(this, request.method(), bound);
      boolean waiting = outstanding();
      // A request without a body waits for the end of its body message, which proves it so.
      if (request.contentLength() != 0 || requestEnded) write(given);
      taken = waiting && !outstanding();
    }
    if (taken) sink.onRequestTaken();
  }

  // -- the request

  /**
   * Passes on a part of the request's body.
   *
   * @param last true for the part that ends it
   * @return true if it was taken; false if {@link ResponseSink#onRequestTaken} is going to say so
   */
  public boolean body(ByteBuffer part, boolean last) {
    synchronized (this) {
      if (fits(part.remaining(), last)) return pass(part, last);
    }
    failed(
        new ReplayException(
            Failure.WRONG_LENGTH, "the request's body is not as long as its envelope says"));
    return true;
  }

  private boolean fits(int n, boolean last) {
    if (chunked) return true;
    remaining -= n;
    return last ? remaining == 0 : remaining >= 0;
  }

  private boolean pass(ByteBuffer part, boolean last) {
    if (ended || discarding) return true;
    requestEnded = last;
    if (part.hasRemaining()) held = part;
    // More may come, against the envelope; until it's over, the request must not look whole.
    boolean withhold = !chunked && !last && remaining == 0;
    boolean given = connection != null && !writing && !withhold;
    if (given && connection != null) write(connection);
    // The caller uses its buffer again.
    if (held != null && part.hasRemaining())
      held = ByteBuffer.allocate(part.remaining()).put(part).flip();
    return withhold || !outstanding();
  }

  private boolean outstanding() {
    return held != null || unacknowledged;
  }

  private void write(OriginConnection to) {
    ByteBuffer part = held == null ? NOTHING : held;
    if (headWritten && !part.hasRemaining() && !requestEnded) return;
    boolean done;
    try {
      done =
          to.write(headWritten ? null : head.duplicate(), part.duplicate(), chunked, requestEnded);
    } catch (IOException e) {
      cannotWrite(to);
      return;
    }
    headWritten = true;
    endWritten = requestEnded;
    writing = !done;
    unacknowledged = !done && held != null;
    held = null;
    if (done) drained(to);
  }

  private void drained(OriginConnection to) {
    if (!endWritten) return;
    requestWritten = true;
    if (responded) leave(to);
    else if (!responding) timeout = replayer.awaitHead(this);
  }

  private void cannotWrite(OriginConnection to) {
    if (!responding && to.bytesWritten() == 0) {
      connection = null;
      headWritten = false;
      to.abort();
      connectAgain();
    } else {
      // The response may be there all the same, and says why.
      discard();
    }
  }

  /** The request, which was put off, has not left by this connection and never will. */
  void unsent(OriginConnection by) {
    synchronized (this) {
      if (ended || connection != by) return;
      if (timeout != null) timeout.cancel(false);
      connection = null;
      headWritten = false;
      endWritten = false;
      requestWritten = false;
      connectAgain();
    }
  }

  /**
   * Nothing has left, so another connection may have it, once: the origin has just closed the idle
   * one that was to be used.
   */
  private void connectAgain() {
    if (!connectedAgain) replayer.connect(this);
    else replayer.soon(() -> failed(closedAtOnce()));
    connectedAgain = true;
  }

  private static ReplayException closedAtOnce() {
    return new ReplayException(
        Failure.CLOSED_EARLY, "the origin closed the connection before it was asked anything");
  }

  /** True if a part counts as taken by that. */
  private boolean discard() {
    boolean waiting = outstanding();
    discarding = true;
    writing = false;
    held = null;
    unacknowledged = false;
    return waiting;
  }

  /** What the socket had not taken, it has now. */
  void written() {
    boolean taken;
    synchronized (this) {
      OriginConnection to = connection;
      if (to == null || !writing) return;
      boolean waiting = outstanding();
      writing = false;
      unacknowledged = false;
      if (held != null || (requestEnded && !endWritten)) write(to);
      else drained(to);
      taken = waiting && !outstanding();
    }
    if (taken) sink.onRequestTaken();
  }

  /** The origin has closed its side of the request. */
  void takesNoMore() {
    boolean taken;
    synchronized (this) {
      taken = discard() && !ended;
    }
    if (taken) sink.onRequestTaken();
  }

  // -- the response

  void responding(ResponseEnvelope response) {
    synchronized (this) {
      if (ended) return;
      responding = true;
      if (timeout != null) timeout.cancel(false);
    }
    sink.onHead(response);
  }

  /** All that has come so far was given to the sink. */
  void paused() {
    synchronized (this) {
      if (ended || !responding) return;
    }
    sink.onPause();
  }

  /** The response is whole; its last piece goes to the sink after this. */
  void responded(Keeping keeping) {
    boolean taken = false;
    synchronized (this) {
      OriginConnection from = connection;
      if (from == null) return;
      responded = true;
      reusable = keeping.use() == Keeping.Use.ANYBODY;
      if (requestWritten) {
        leave(from);
      } else if (!reusable || discarding) {
        taken = giveUpRequest(from);
      } else {
        replayer.watchUpload(this, from.bytesWritten());
      }
    }
    if (taken) sink.onRequestTaken();
  }

  /** The request has been answered, and the origin no longer takes the rest of it. */
  private boolean giveUpRequest(OriginConnection from) {
    connection = null;
    from.abort();
    return discard();
  }

  private void leave(OriginConnection from) {
    connection = null;
    discarding = true;
    from.finish(reusable, System.nanoTime());
  }

  /** After an early answer: goes on as long as the origin takes something. */
  void checkUpload(long writtenBefore) {
    boolean taken;
    synchronized (this) {
      OriginConnection from = connection;
      if (from == null) return;
      if (!writing || from.bytesWritten() > writtenBefore) {
        replayer.watchUpload(this, from.bytesWritten());
        return;
      }
      taken = giveUpRequest(from);
    }
    if (taken) sink.onRequestTaken();
  }

  /** A piece of the response for which the sink gave false has been taken. */
  public void resume() {
    OriginConnection from;
    synchronized (this) {
      from = responded ? null : connection;
    }
    if (from != null) from.taken();
  }

  // -- the end

  /** The connection has ended; a failure tells how the response stood, if it was not whole. */
  void disconnected(OriginConnection from, @Nullable ReplayException failure) {
    boolean whole;
    boolean taken;
    synchronized (this) {
      if (ended || connection != from) return;
      connection = null;
      if (!headWritten) {
        connectAgain();
        return;
      }
      whole = responded || failure == null;
      taken = whole && discard();
    }
    if (!whole && failure != null) failed(failure);
    else if (taken) sink.onRequestTaken();
  }

  /** The head of the response has not come in time. */
  void timedOut() {
    synchronized (this) {
      if (responding || ended) return;
      ended = true;
    }
    cancel();
    sink.onFailure(new ReplayException(Failure.NO_ANSWER, "the origin did not answer in time"));
  }

  /** It has failed; the sink hears of it unless it is done anyway. */
  void failed(ReplayException failure) {
    boolean late;
    synchronized (this) {
      late = ended || (responded && failure.failure() != Failure.WRONG_LENGTH);
      ended = true;
    }
    cancel();
    if (!late) sink.onFailure(failure);
  }

  /** Breaks off: the origin's connection is reset, and the sink hears nothing more. */
  public void cancel() {
    OriginConnection from;
    synchronized (this) {
      ended = true;
      discarding = true;
      held = null;
      from = connection;
      connection = null;
      if (opening != null) opening.cancel(true);
      if (timeout != null) timeout.cancel(false);
    }
    if (from != null) from.abort();
  }
}
