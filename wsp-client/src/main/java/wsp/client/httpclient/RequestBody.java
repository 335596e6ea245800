package wsp.client.httpclient;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import wsp.envelope.RequestEnvelope;

/**
 * The body of a request on its way to {@code HttpClient}, one part at a time: the next one is taken
 * when the last was asked for. The last bytes of a known length wait for the end of the body, which
 * proves it whole. Safe for all threads; signals are given by one at a time, under no lock.
 */
final class RequestBody implements BodyPublisher, Flow.Subscription {
  private static final ByteBuffer END = ByteBuffer.allocate(0);

  private enum State {
    OPEN,
    /** All of it is here. */
    ENDED,
    /** All of it was handed on. */
    WHOLE,
    DROPPED
  }

  private final long length;
  private final Runnable taken;
  private final Runnable wanted;

  // Guarded by this.
  private State state = State.OPEN;
  private long remaining;
  private long demand;
  private @Nullable ByteBuffer held;
  private Flow.@Nullable Subscriber<? super ByteBuffer> to;
  private boolean signalling;

  /** The owner of a part waits to be told that it is taken. */
  private boolean owed;

  /** When anything of it moved last; nanoTime. */
  private volatile long movedAt = System.nanoTime();

  /**
   * @param length bytes, or {@link RequestEnvelope#UNKNOWN}
   * @param taken is run when a part has been taken that was not at once
   * @param wanted is run once, when there is a connection for it
   */
  RequestBody(long length, Runnable taken, Runnable wanted) {
    this.length = length;
    this.remaining = length;
    this.taken = taken;
    this.wanted = wanted;
  }

  @Override
  public long contentLength() {
    return length;
  }

  // -- from the caller

  /** Counts a part; false if the body is not as long as was said. */
  synchronized boolean fits(int bytes, boolean last) {
    if (length == RequestEnvelope.UNKNOWN) return true;
    remaining -= bytes;
    return last ? remaining == 0 : remaining >= 0;
  }

  /** True if a request may begin: one without a body waits for the proof of that. */
  synchronized boolean mayBegin() {
    return length != 0 || state != State.OPEN;
  }

  /** The next part, copied; false if the one before waits still, and the owner is told. */
  boolean offer(ByteBuffer part, boolean last) {
    synchronized (this) {
      if (state != State.OPEN) return true;
      movedAt = System.nanoTime();
      if (part.hasRemaining()) held = copy(part);
      if (last) state = length == 0 ? State.WHOLE : State.ENDED;
    }
    signal();
    synchronized (this) {
      owed = outstanding();
      return !owed;
    }
  }

  private static ByteBuffer copy(ByteBuffer part) {
    return ByteBuffer.allocate(part.remaining()).put(part.duplicate()).flip();
  }

  /** All bytes are here and the end is not: until it is, the request must not look whole. */
  private boolean withheld() {
    return state == State.OPEN && length != RequestEnvelope.UNKNOWN && remaining == 0;
  }

  private boolean outstanding() {
    return held != null && !withheld();
  }

  // -- to HttpClient

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    boolean first;
    synchronized (this) {
      first = to == null;
      if (first) to = subscriber;
    }
    // An answer may come at once, and must not come before this.
    if (first) wanted.run();
    subscriber.onSubscribe(this);
    if (!first) subscriber.onError(new IllegalStateException("a body is sent once"));
  }

  @Override
  public void request(long n) {
    synchronized (this) {
      movedAt = System.nanoTime();
      demand += n;
    }
    signal();
  }

  @Override
  public void cancel() {
    if (drop()) taken.run();
  }

  /** Hands on what there is and may be; again, if there is more when that was done. */
  private void signal() {
    while (true) {
      ByteBuffer next;
      Flow.Subscriber<? super ByteBuffer> subscriber;
      boolean settled;
      synchronized (this) {
        subscriber = to;
        if (signalling || subscriber == null) return;
        next = next();
        if (next == null) return;
        signalling = true;
        settled = settled();
      }
      if (!next.hasRemaining()) subscriber.onComplete();
      else subscriber.onNext(next);
      if (settled) taken.run();
      synchronized (this) {
        signalling = false;
      }
    }
  }

  /** True, once, if the owner of a part is to be told that it is taken. */
  private boolean settled() {
    boolean settled = owed && !outstanding();
    if (settled) owed = false;
    return settled;
  }

  private @Nullable ByteBuffer next() {
    if (state == State.DROPPED || state == State.WHOLE) return null;
    ByteBuffer part = held;
    if (part != null && (demand == 0 || withheld())) return null;
    movedAt = System.nanoTime();
    if (part == null) {
      if (state != State.ENDED) return null;
      state = State.WHOLE;
      return END;
    }
    demand--;
    held = null;
    return part;
  }

  // -- the end

  /**
   * Hands nothing more on, unless all was; true if the owner is to be told that a part is taken.
   */
  synchronized boolean drop() {
    if (state == State.DROPPED || state == State.WHOLE) return false;
    state = State.DROPPED;
    held = null;
    return settled();
  }

  boolean none() {
    return length == 0;
  }

  /** True when a connection is there for it. */
  synchronized boolean connected() {
    return to != null;
  }

  /** True when all of it, and its end, was handed on. */
  synchronized boolean whole() {
    return state == State.WHOLE;
  }

  long movedAt() {
    return movedAt;
  }
}
