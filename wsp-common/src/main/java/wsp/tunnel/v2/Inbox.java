package wsp.tunnel.v2;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import wsp.envelope.Headers;
import wsp.net.BufferPool;
import wsp.websocket.ProtocolViolationException;

/**
 * What comes on one stream: its state, its window, and the data that its listener does not take
 * yet, of which there is never more than the window. Guarded by the lock of its {@link Link}.
 */
final class Inbox {
  enum State {
    HEAD,
    DATA,
    ENDED,
    /** The listener knows of the end, too. */
    TOLD
  }

  /** A piece of the data, or the trailers, which end it. */
  record Piece(ByteBuffer data, boolean last, @Nullable Headers trailers) {
    /** The end of a stream without more data. */
    static Piece end(@Nullable Headers trailers) {
      return new Piece(ByteBuffer.allocate(0), true, trailers);
    }
  }

  /** Bytes of data that are kept in one piece, if they came in several. */
  private static final int MAX_TOGETHER = 16_384;

  /** For what is kept: a long transfer would make a heap of garbage, which memory then keeps. */
  private static final BufferPool POOL = new BufferPool();

  private final Window window;
  private State state;
  private final Deque<Piece> held = new ArrayDeque<>(0);

  /** Bytes of those. */
  private int waiting;

  boolean paused;
  boolean delivering;

  /** Credit is due, and waits to leave. */
  private boolean creditWaits;

  /** Begins with a window of that size, one of all the daemon's, on a way to the other side. */
  Inbox(State state, int window, Windows windows, Path way) {
    this.state = state;
    this.window = new Window(window, windows, way);
  }

  /** Takes the room for its window; false if there is none. */
  boolean reserve() {
    return window.reserve();
  }

  State state() {
    return state;
  }

  /** This side has sent the head that the other one answers. */
  void asked(long now) {
    window.asked(now);
  }

  void head(long now) {
    state = State.DATA;
    window.head(now);
  }

  /** Bytes of data have come, which have to be within the credit. */
  void data(int bytes, long now) throws ProtocolViolationException {
    window.data(bytes, now);
  }

  void end() {
    state = State.ENDED;
  }

  /** Keeps trailers, of so many bytes on their way, or only the end: false if they are dropped. */
  boolean hold(Piece end, int bytes) {
    Headers fields = end.trailers == null ? Headers.EMPTY : end.trailers;
    boolean kept = window.reserveTrailers(bytes, fields.size());
    held.add(kept ? end : new Piece(end.data, true, null));
    return kept;
  }

  /**
   * Keeps a copy of data for later. Pieces that together are small become one: what they take of
   * memory is about what they take of the window, however small they came.
   *
   * @return false if there is no memory for it: the stream is to be broken off
   */
  boolean hold(ByteBuffer data, boolean last) {
    waiting += data.remaining();
    if (last || data.hasRemaining()) keep(data, last);
    return window.bears(waiting);
  }

  private void keep(ByteBuffer data, boolean last) {
    Piece tail = held.peekLast();
    int together = (tail == null ? 0 : tail.data.remaining()) + data.remaining();
    if (tail == null || together > MAX_TOGETHER) {
      ByteBuffer copy = POOL.take(data.remaining()).put(data).flip();
      held.add(new Piece(copy, last, null));
      return;
    }
    held.removeLast();
    held.add(new Piece(append(tail.data, data), last, null));
  }

  /** Both, in the first one's room if it is enough, as that of the pool's always is. */
  private static ByteBuffer append(ByteBuffer first, ByteBuffer second) {
    int together = first.remaining() + second.remaining();
    ByteBuffer both = first;
    if (first.capacity() < together)
      both = ByteBuffer.allocate(Math.min(2 * together, MAX_TOGETHER)).put(first).flip();
    both.limit(together).position(both.limit() - second.remaining()).put(second).flip();
    return both;
  }

  /** True if the listener can be told at once. */
  boolean takes() {
    return !paused && !delivering && held.isEmpty();
  }

  /** All has come, and its listener has not heard of the end yet. */
  boolean isWhole() {
    return state == State.ENDED;
  }

  void endTold() {
    state = State.TOLD;
  }

  boolean told() {
    return state == State.TOLD;
  }

  boolean holds() {
    return !held.isEmpty();
  }

  @Nullable Piece next() {
    Piece next = held.poll();
    if (next != null) waiting -= next.data.remaining();
    return next;
  }

  /** True if its stream has to give way, as there is no memory for what waits for its reader. */
  boolean givesWay(@Nullable Object reader) {
    return window.givesWay(reader);
  }

  /** One pass of maintenance; true if some of what waits has for long. */
  boolean pass() {
    return window.pass(waiting);
  }

  /** A piece that was kept is not needed any more. */
  static void done(Piece kept) {
    POOL.give(kept.data);
  }

  /** The listener takes nothing for now: the next hop is slow, or full. */
  void pause() {
    paused = true;
    window.slow();
  }

  /**
   * So many bytes went on.
   *
   * @return true if credit is to be given for them; false if that is not due yet, or waits to leave
   */
  boolean passedOn(int bytes) {
    // What has ended needs no credit.
    if (state == State.ENDED || !window.passedOn(bytes) || creditWaits) return false;
    creditWaits = true;
    return true;
  }

  /** The credit leaves; how much it is by now, at least 1. */
  int credit(long now) {
    creditWaits = false;
    return window.credit(now);
  }

  /** It is over: nothing is kept. */
  void drop() {
    state = State.ENDED;
    held.forEach(Inbox::done);
    held.clear();
    window.drop();
  }
}
