package wsp.tunnel.v2;

import org.jspecify.annotations.Nullable;
import wsp.envelope.FieldMemory;
import wsp.limit.Budget;

/**
 * What one window takes of the memory for all: its first size, what it has grown by, and what of
 * that waits for its reader; and the trailers. Guarded by the lock of its {@link Link}.
 */
final class WindowMemory {
  /**
   * Passes of maintenance, one or two a second, until what a window does not need counts no more.
   */
  private static final int LAPSES = 2;

  /** What comes between two passes is worth so many times as large a window. */
  private static final int WORTH = 8;

  private final Windows windows;
  private final int first;
  private final Budget.Share memory;
  private final Budget.Share growth;

  /** What has waited: there once some has. */
  private Kept.@Nullable Part kept;

  /** There once trailers wait, as they do for very few streams. */
  private Budget.@Nullable Share trailers;

  /**
   * What of the window is not counted, though the other side may use it, as it has not for long.
   */
  private int lapsed;

  // Between the two passes before; for how many in a row the window has been larger than what comes
  // is worth.
  private long cameBefore;
  private int unused;

  WindowMemory(int first, Windows windows) {
    this.windows = windows;
    this.first = first;
    this.memory = windows.all.share();
    this.growth = windows.growth.share();
  }

  /** Takes the room for the first window; false if there is none. */
  boolean reserve() {
    return memory.tryAdd(first);
  }

  /** Takes room for so many trailers, of so many bytes on their way; false if there is none. */
  boolean reserveTrailers(int bytes, int fields) {
    trailers = windows.trailers.share();
    return trailers.tryAdd(FieldMemory.of(bytes, fields));
  }

  /** By how much it may grow now; negative where it should shrink. */
  long room() {
    return windows.room(growth.held());
  }

  /** Grows by so much, or shrinks; false if there is no memory for it. */
  boolean grow(int bytes) {
    return growth.tryAdd(bytes);
  }

  /**
   * One pass of maintenance, where so many bytes wait for the reader, and so many have come since
   * the last one.
   *
   * @return by how much less it has grown now
   */
  int pass(int waiting, long came) {
    long before = growth.held();
    lapse(Math.max(waiting, WORTH * came));
    keep(Math.max(0, waiting - came - cameBefore - first));
    cameBefore = came;
    return (int) (before - growth.held());
  }

  /** True if its stream has to give way, as there is no memory for what it keeps. */
  boolean goes(@Nullable Object reader) {
    return kept != null && kept.goes(reader);
  }

  /**
   * Credit cannot be taken back, but as long as it is not used, nothing is here for it: so it is no
   * longer counted, and what comes with it all the same is, as soon as it waits.
   */
  private void lapse(long worth) {
    int surplus = (int) Math.max(0, Math.min(growth.held(), counted() - worth));
    unused = surplus > 0 ? unused + 1 : 0;
    if (unused < LAPSES || !windows.isShort()) return;
    growth.add(-surplus);
    lapsed += surplus;
  }

  /**
   * So many bytes beyond the first window have waited since the pass before the last: their reader
   * needs no speed, so that they are no growth; and what it has taken of them by now lapses.
   */
  private void keep(long bytes) {
    long more = bytes - kept();
    if (more > 0) more = windows.isShort() ? Math.min(more, growth.held()) : 0;
    if (more == 0) return;
    if (more > 0) growth.add(-more);
    else lapsed -= (int) more;
    if (kept == null) kept = windows.keeps();
    kept.add(more);
  }

  /** True if some of what has come has waited for its reader. */
  boolean keeps() {
    return kept() > 0;
  }

  private long kept() {
    return kept == null ? 0 : kept.held();
  }

  private long counted() {
    return first + growth.held() + kept();
  }

  /** So many bytes wait for the reader; false if there is no memory for them. */
  boolean bears(int waiting) {
    int more = lapsed == 0 ? 0 : (int) (waiting - counted());
    if (more <= 0) return true;
    lapsed -= more;
    growth.add(more);
    return windows.bears();
  }

  /** True if some of the window is not to be given again. */
  boolean expires() {
    return lapsed > 0 || keeps();
  }

  /**
   * What has lapsed is not given again when it has been used, nor is what has waited.
   *
   * @return by how much the window shrinks, of so many bytes that went on
   */
  int expire(int bytes) {
    int less = (int) Math.min(lapsed + kept(), bytes);
    int read = Math.max(0, less - lapsed);
    if (kept != null) kept.add(-read);
    lapsed -= less - read;
    return less;
  }

  void drop() {
    memory.close();
    growth.close();
    if (kept != null) kept.close();
    if (trailers != null) trailers.close();
  }
}
