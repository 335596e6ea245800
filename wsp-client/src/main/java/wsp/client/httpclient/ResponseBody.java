package wsp.client.httpclient;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import wsp.client.origin.ResponseSink;

/**
 * The body of a response on its way from {@code HttpClient}: no more of it is asked for before the
 * sink has taken what was there. Safe for all threads; the sink is called by one at a time, under
 * no lock.
 */
final class ResponseBody implements BodySubscriber<Void> {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private enum State {
    /** Nobody is handing anything on. */
    IDLE,
    /** A thread is handing on what there is. */
    HANDING,
    /** The same, and the piece that it hands on is taken already. */
    TAKEN,
    /** The sink has a piece still. */
    WAITING,
    /** The sink has all that it gets. */
    OVER
  }

  private final HttpStream stream;
  private final ResponseSink sink;
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  // Guarded by this.
  private final Queue<ByteBuffer> pieces = new ArrayDeque<>();
  private State state = State.IDLE;
  private Flow.@Nullable Subscription from;
  private long remaining;
  private boolean complete;
  private boolean handed;

  /** The length in bytes; negative: not known. */
  ResponseBody(HttpStream stream, ResponseSink sink, long length) {
    this.stream = stream;
    this.sink = sink;
    this.remaining = length < 0 ? Long.MAX_VALUE : length;
  }

  /** One of which nothing goes to the sink. */
  static ResponseBody unwanted(HttpStream stream, ResponseSink sink) {
    ResponseBody body = new ResponseBody(stream, sink, 0);
    body.cancel();
    return body;
  }

  @Override
  public CompletionStage<Void> getBody() {
    return end;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    boolean unwanted;
    synchronized (this) {
      from = subscription;
      unwanted = state == State.OVER;
    }
    if (unwanted) {
      subscription.cancel();
      return;
    }
    subscription.request(1);
    // It may be long before anything of the body comes; mostly, some is here by now.
    synchronized (this) {
      if (state != State.IDLE || handed || complete) return;
      state = State.HANDING;
    }
    sink.onPause();
    handOn(false);
  }

  @Override
  public void onNext(List<ByteBuffer> item) {
    synchronized (this) {
      if (state == State.OVER) return;
      handed = true;
      pieces.addAll(item);
      if (state != State.IDLE) return;
      state = State.HANDING;
    }
    handOn(true);
  }

  @Override
  public void onComplete() {
    synchronized (this) {
      complete = true;
      if (state != State.IDLE) return;
      state = State.HANDING;
    }
    handOn(true);
  }

  @Override
  public void onError(Throwable failure) {
    end.completeExceptionally(failure);
    synchronized (this) {
      if (state == State.OVER) return;
      state = State.OVER;
      pieces.clear();
    }
    stream.broken(failure);
  }

  /** The piece that the sink has not taken at once is taken. */
  void resume() {
    synchronized (this) {
      if (state == State.HANDING) state = State.TAKEN;
      if (state != State.WAITING) return;
      state = State.HANDING;
    }
    handOn(true);
  }

  /** Nothing more goes to the sink. */
  void cancel() {
    Flow.Subscription subscription;
    synchronized (this) {
      if (state == State.OVER) return;
      state = State.OVER;
      pieces.clear();
      subscription = from;
    }
    // Before its end: one that had ended well would leave its connection as it is.
    if (subscription != null) subscription.cancel();
    end.completeExceptionally(new CancellationException("broken off"));
  }

  /** Hands on what there is, and asks for more then, unless that was done already. */
  private void handOn(boolean asks) {
    boolean more = asks;
    while (true) {
      ByteBuffer piece;
      boolean last;
      boolean cut;
      synchronized (this) {
        if (state == State.OVER) return;
        piece = pieces.poll();
        if (piece == null && !complete) break;
        remaining -= piece == null ? 0 : piece.remaining();
        last = piece == null || remaining == 0;
        cut = remaining < 0 || (piece == null && isShort());
        state = last || cut ? State.OVER : State.HANDING;
      }
      more = true;
      if (cut) {
        stream.broken(new IOException("another length than it had promised"));
        return;
      }
      if (last) {
        last(piece == null ? NOTHING : piece);
        return;
      }
      if (piece.hasRemaining() && !sink.onBody(piece, false) && waits()) return;
    }
    pause(more);
  }

  private boolean isShort() {
    return remaining > 0 && remaining < Long.MAX_VALUE / 2;
  }

  private void last(ByteBuffer piece) {
    if (stream.responded()) {
      var unused = sink.onBody(piece, true);
    }
    end.complete(null);
  }

  /** True unless the piece that was not taken at once has been taken since. */
  private synchronized boolean waits() {
    if (state == State.HANDING) state = State.WAITING;
    return state != State.TAKEN;
  }

  private void pause(boolean asks) {
    if (asks) sink.onPause();
    Flow.Subscription subscription;
    boolean again;
    synchronized (this) {
      if (state == State.OVER) return;
      again = complete || !pieces.isEmpty();
      if (!again) state = State.IDLE;
      subscription = from;
    }
    if (again) handOn(true);
    else if (asks && subscription != null) subscription.request(1);
  }
}
