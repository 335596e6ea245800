package wsp.tunnel.v2;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import wsp.envelope.Headers;
import wsp.limit.Budget;
import wsp.websocket.ProtocolViolationException;

/**
 * What comes on one stream: its state, its window, and the data that its listener does not take
 * yet, of which there is never more than the window. Guarded by the lock of its {@link Link}.
 */
final class Inbox {
  /** What may come next. */
  enum State {
    HEAD,
    DATA,
    ENDED
  }

  /**
   * A piece of the data, or the trailers.
   *
   * @param trailers not null: they end it
   */
  record Piece(ByteBuffer data, boolean last, @Nullable Headers trailers) {}

  /** What trailers take of memory once they are fields. */
  private static final int TIMES_TRAILERS = 3;

  /** Bytes of data that are kept in one piece, if they came in several. */
  private static final int MAX_TOGETHER = 16_384;

  /** Windows grow up to this. */
  static final int MAX_WINDOW = 16 << 20;

  /** Credit is given at the latest for so much: the sender would wait for half a large window. */
  private static final int MAX_UNCREDITED = 256 << 10;

  private final Windows windows;
  private final Budget.Share memory;
  private final Budget.Share growth;
  private final int smallest;
  private int window;
  private State state;
  private long granted;
  private long received;
  private int uncredited;
  private final Deque<Piece> held = new ArrayDeque<>(0);
  boolean paused;
  boolean delivering;
  private boolean told;

  // Where the credit ended before it was last given; what went on since data last went past that.
  private final RoundTrip way;
  private long creditEnd = -1;
  private long creditAt;
  private long passedAt;
  private long goneOn;

  /** What goes on in one round trip: the window that would just do. */
  private double needed;

  /** The window is what holds the sender up. */
  private boolean narrow;

  /**
   * @param window what the other side may send before credit comes
   * @param windows the memory for all windows of the daemon
   * @param way how long the way to the other side is
   */
  Inbox(State state, int window, Windows windows, RoundTrip way) {
    this.way = way;
    this.windows = windows;
    this.state = state;
    this.window = window;
    this.smallest = window;
    this.granted = window;
    this.memory = windows.firstShare();
    this.growth = windows.growthShare();
  }

  /** Takes the room for its window; false if there is none. */
  boolean reserve() {
    if (memory.add(window)) return true;
    memory.close();
    return false;
  }

  State state() {
    return state;
  }

  /** This side has sent the head that the other one answers. */
  void asked(long now) {
    creditAt = now;
  }

  /** The final head has come. */
  void head(long now) {
    state = State.DATA;
    // No shorter than the way: a short one is known before data comes in bursts of the origin's.
    way.took(now - creditAt);
  }

  /** Bytes of data have come, which have to be within the credit. */
  void data(int bytes, long now) throws ProtocolViolationException {
    boolean used = received == creditEnd;
    received += bytes;
    if (received > granted) throw new ProtocolViolationException(1002, "data beyond the credit");
    if (passedAt == 0) passedAt = now;
    if (creditEnd >= 0 && received > creditEnd) passed(used, now);
  }

  /**
   * The other side has had the credit, and sends with it.
   *
   * @param used it had sent all that it might before
   */
  private void passed(boolean used, long now) {
    long took = now - creditAt;
    long all = now - passedAt;
    way.took(took);
    needed = way.underWay(goneOn, all);
    // A sender that waits for credit has used all it had, and one comes each round trip, for nearly
    // all of which it waits; one with a small window that does is on its way for half of it. Large
    // ones have credit more often than that, and there are none where the way is short.
    boolean waited = took >= 0.7 * all && (used || window > 4 * MAX_UNCREDITED);
    narrow = waited && 3 * needed >= window;
    passedAt = now;
    goneOn = 0;
    creditEnd = -1;
  }

  /** Nothing more comes. */
  void end() {
    state = State.ENDED;
  }

  /**
   * Keeps trailers for later, if there is memory.
   *
   * @param bytes what they took on their way
   */
  boolean hold(Piece trailers, int bytes) {
    held.add(trailers);
    return memory.add((long) TIMES_TRAILERS * bytes);
  }

  /**
   * Keeps a copy of data for later. Pieces that together are small become one: what they take of
   * memory is about what they take of the window, however small they came.
   */
  void hold(ByteBuffer data, boolean last) {
    if (!last && !data.hasRemaining()) return;
    Piece tail = held.peekLast();
    int together = (tail == null ? 0 : tail.data.remaining()) + data.remaining();
    if (tail == null || together > MAX_TOGETHER) {
      ByteBuffer copy = ByteBuffer.allocate(data.remaining()).put(data).flip();
      held.add(new Piece(copy, last, null));
      return;
    }
    held.removeLast();
    held.add(new Piece(append(tail.data, data), last, null));
  }

  /** Both, in the first one's room if it is enough. */
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

  /** The listener has heard the end. */
  void endTold() {
    told = true;
  }

  boolean told() {
    return told;
  }

  boolean holds() {
    return !held.isEmpty();
  }

  @Nullable Piece next() {
    return held.poll();
  }

  /** The listener takes nothing for now: the next hop is slow, or full. */
  void pause() {
    paused = true;
  }

  /**
   * So many bytes went on.
   *
   * @return how much credit to give for that; 0: none yet
   */
  int passedOn(int bytes, long now) {
    uncredited += bytes;
    goneOn += bytes;
    if (state == State.ENDED || uncredited < Math.min(window / 2, MAX_UNCREDITED)) return 0;
    int credit = uncredited + change();
    uncredited = 0;
    if (creditEnd < 0) {
      creditEnd = granted;
      creditAt = now;
    }
    granted += credit;
    return credit;
  }

  /**
   * By how much the window grows, or shrinks, since its reader is slow, or others need the room.
   */
  private int change() {
    long room = windows.room(growth.held());
    int change = 0;
    if (room < 0 || window > 8 * needed) change = Math.max(smallest - window, -uncredited);
    else if (narrow) change = (int) Math.min(room, Math.min(window, MAX_WINDOW - window));
    narrow = false;
    if (change == 0) return 0;
    if (!growth.add(change)) {
      growth.add(-change);
      return 0;
    }
    window += change;
    return change;
  }

  /** It is over: nothing is kept. */
  void drop() {
    state = State.ENDED;
    held.clear();
    memory.close();
    growth.close();
  }
}
