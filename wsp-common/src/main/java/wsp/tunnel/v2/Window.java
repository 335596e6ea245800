package wsp.tunnel.v2;

import org.jspecify.annotations.Nullable;
import wsp.websocket.ProtocolViolationException;

/**
 * How much may come on one stream: the credit that the other side has, and how it changes with the
 * way and with the reader. Guarded by the lock of its {@link Link}.
 */
final class Window {
  /** Windows grow up to this, if there is memory for it: credit is counted in an int. */
  private static final int MAX = 1 << 30;

  /** Credit is given at the latest for so much: the sender would wait for half a large window. */
  private static final int MAX_UNCREDITED = 256 << 10;

  /**
   * A window that a reader who keeps up is worth on the shortest way: with a smaller one both sides
   * are busy with credit, and pieces are cut where it ends.
   */
  static final int EASY = 256 << 10;

  /** It grows by that in a round trip: with 2, a gigabyte over 50 ms took a tenth longer. */
  private static final int STEP = 4;

  private final WindowMemory memory;
  private final int smallest;
  private int window;
  private long granted;
  private long received;

  /** At the last pass. */
  private long receivedBefore;

  private int uncredited;

  // Where the credit ended before it was last given; what went on since data last went past that.
  private final Path way;
  private long creditEnd = -1;
  private long creditAt;
  private long passedAt;
  private long goneOn;

  /** The window before that credit: all that has been sent since, until data went past its end. */
  private int sentWith;

  /** What goes on in one round trip: the window that would just do. */
  private double needed;

  /** How far it may grow now, since it is what holds the sender up; 0: it is not. */
  private int mayGrowTo;

  /** What it has grown by only because its reader keeps up. */
  private int ease;

  /** The reader has not taken all at once since the window was last looked at. */
  private boolean slow;

  /** As {@link Inbox} has it. */
  Window(int window, Windows windows, Path way) {
    this.way = way;
    this.window = window;
    this.smallest = window;
    this.granted = window;
    this.memory = new WindowMemory(window, windows);
  }

  /** Takes the room for it; false if there is none. */
  boolean reserve() {
    return memory.reserve();
  }

  /** Takes room for so many trailers, of so many bytes on their way; false if there is none. */
  boolean reserveTrailers(int bytes, int fields) {
    return memory.reserveTrailers(bytes, fields);
  }

  /** This side has sent the head that the other one answers. */
  void asked(long now) {
    creditAt = now;
  }

  void head(long now) {
    // No shorter than the way: a short one is known before data comes in bursts of the origin's.
    way.took(now - creditAt);
  }

  void slow() {
    slow = true;
  }

  /** Bytes of data have come, which have to be within the credit. */
  void data(int bytes, long now) throws ProtocolViolationException {
    boolean used = received == creditEnd;
    received += bytes;
    if (received > granted) throw new ProtocolViolationException(1002, "data beyond the credit");
    if (passedAt == 0) passedAt = now;
    if (creditEnd >= 0 && received > creditEnd) passed(used, now);
  }

  /** The other side has had the credit, all of it perhaps, and sends with it. */
  private void passed(boolean used, long now) {
    long took = now - creditAt;
    long all = now - passedAt;
    way.took(took);
    needed = way.underWay(goneOn, all);
    // A sender that waits for credit has used all it had, and one comes each round trip, for nearly
    // all of which it waits; one with a small window that does is on its way for half of it. Large
    // ones have credit more often than that, and there are none where the way is short.
    boolean waited = took >= 0.7 * all && (used || window > 4 * MAX_UNCREDITED);
    mayGrowTo = waited && 3 * needed >= sentWith ? MAX : used && !slow ? EASY : 0;
    passedAt = now;
    goneOn = 0;
    creditEnd = -1;
  }

  /**
   * One pass of maintenance, where so many bytes wait for the reader.
   *
   * @return true if it keeps some of them, for which there may be no memory
   */
  boolean pass(int waiting) {
    long came = received - receivedBefore;
    receivedBefore = received;
    ease(-Math.min(ease, memory.pass(waiting, came)));
    return memory.keeps();
  }

  /** True if its stream has to give way, as there is no memory for what it keeps for its reader. */
  boolean givesWay(@Nullable Object reader) {
    return memory.goes(reader);
  }

  /** So many bytes wait for the reader; false if there is no memory for them. */
  boolean bears(int waiting) {
    return memory.bears(waiting);
  }

  /** So many bytes went on; true if credit is due for them. */
  boolean passedOn(int bytes) {
    uncredited += bytes;
    goneOn += bytes;
    return uncredited >= Math.min(window / 2, MAX_UNCREDITED);
  }

  /**
   * The credit that is due leaves: only from then on may more come, so that a peer that reads
   * nothing can send no more than a window.
   *
   * @return how much, at least 1
   */
  int credit(long now) {
    int before = window;
    int credit = uncredited + change();
    uncredited = 0;
    if (creditEnd < 0) {
      creditEnd = granted;
      creditAt = now;
      sentWith = before;
    }
    granted += credit;
    return credit;
  }

  /**
   * By how much the window grows, or shrinks, since its reader is slow, or others need the room.
   */
  private int change() {
    if (memory.expires()) return expire();
    long room = memory.room();
    int change = 0;
    int eased = 0;
    if (room < 0 || ((slow || window > EASY) && Math.min(window, sentWith) > 8 * needed)) {
      int least = room < 0 || slow ? smallest : Math.max(smallest, EASY);
      change = Math.max(Math.min(0, least - window), 1 - uncredited);
      eased = Math.max(-ease, change);
    } else if (mayGrowTo > window) {
      change = (int) Math.min(room, Math.min((STEP - 1L) * window, mayGrowTo - window));
      if (mayGrowTo == EASY) eased = change = way.free(change);
    }
    mayGrowTo = 0;
    slow = false;
    if (change == 0) return 0;
    if (!memory.grow(change)) return 0;
    ease(eased);
    window += change;
    return change;
  }

  /** What has lapsed is not given again when it has been used, nor what has waited. */
  private int expire() {
    int less = memory.expire(uncredited - 1);
    window -= less;
    mayGrowTo = 0;
    slow = false;
    return -less;
  }

  private void ease(int more) {
    ease += more;
    way.ease(more);
  }

  void drop() {
    ease(-ease);
    memory.drop();
  }
}
