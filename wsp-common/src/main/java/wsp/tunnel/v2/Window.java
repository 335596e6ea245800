package wsp.tunnel.v2;

import org.jspecify.annotations.Nullable;
import wsp.envelope.FieldMemory;
import wsp.limit.Budget;
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

  /**
   * Passes of maintenance, one or two a second, until what a window does not need counts no more.
   */
  private static final int LAPSES = 2;

  /** What comes between two passes is worth so many times as large a window. */
  private static final int WORTH = 8;

  private final Windows windows;
  private final Budget.Share memory;
  private final Budget.Share growth;

  /** There once trailers wait, as they do for very few streams. */
  private Budget.@Nullable Share trailers;

  private final int smallest;
  private int window;
  private long granted;
  private long received;

  /** What of it is not counted, though the other side may use it, as it has not for long. */
  private int lapsed;

  // At the last pass; for how many in a row it has been larger than what comes is worth.
  private long receivedBefore;
  private int unused;

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
    this.windows = windows;
    this.window = window;
    this.smallest = window;
    this.granted = window;
    this.memory = windows.all.share();
    this.growth = windows.growth.share();
  }

  /** Takes the room for it; false if there is none. */
  boolean reserve() {
    return memory.tryAdd(window);
  }

  /** Takes room for so many trailers, of so many bytes on their way; false if there is none. */
  boolean reserveTrailers(int bytes, int fields) {
    trailers = windows.trailers.share();
    return trailers.tryAdd(FieldMemory.of(bytes, fields));
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
   * One pass of maintenance, where so many bytes wait for the reader. Credit cannot be taken back,
   * but as long as it is not used, nothing is here for it: so it is no longer counted, and what
   * comes with it all the same is, as soon as it waits.
   */
  void pass(int waiting) {
    long worth = Math.max(waiting, WORTH * (received - receivedBefore));
    receivedBefore = received;
    int surplus = (int) Math.max(0, Math.min(growth.held(), window - lapsed - worth));
    unused = surplus > 0 ? unused + 1 : 0;
    if (unused < LAPSES || !windows.isShort()) return;
    growth.add(-surplus);
    lapsed += surplus;
    ease(-Math.min(ease, surplus));
  }

  /** So many bytes wait for the reader; false if there is no memory for them. */
  boolean bears(int waiting) {
    int more = waiting - (window - lapsed);
    if (more <= 0) return true;
    lapsed -= more;
    growth.add(more);
    return windows.bears();
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
    if (lapsed > 0) return expire();
    long room = windows.room(growth.held());
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
    if (!growth.tryAdd(change)) return 0;
    ease(eased);
    window += change;
    return change;
  }

  /** What has lapsed is not given again when it has been used. */
  private int expire() {
    int less = Math.min(lapsed, uncredited - 1);
    lapsed -= less;
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
    memory.close();
    growth.close();
    if (trailers != null) trailers.close();
  }
}
