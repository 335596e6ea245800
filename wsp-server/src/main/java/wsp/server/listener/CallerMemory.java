package wsp.server.listener;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.envelope.Headers;
import wsp.limit.Budget;

/**
 * The memory of all connections that nobody knows yet, or knows as callers only: unfinished heads,
 * handshakes and records of TLS, greetings that have not come, bytes that wait for their turn or
 * for the socket; and of what clients' sockets do not take. Anybody can open such connections, so a
 * limit for each is not enough. At the edge the largest and slowest go, by bytes times the time
 * that they have kept us waiting: first of those who wait for their origins, or of all who have not
 * even asked or do not read, whichever hold more together. Safe for all threads.
 */
final class CallerMemory {
  interface Holder {
    long held();

    /** Nanoseconds that the other end has kept us waiting; 0 if it has not: such a holder stays. */
    long waited(long now);

    /** True while it has asked, and its origin is to act: that it holds anything is no fault. */
    boolean waitsForOrigin();

    boolean going();

    /** Ends it, with a few words if it can hear them; on its own thread, soon. */
    void goAway();
  }

  /** An unfinished head that is to blame for the want of memory itself. */
  private static final int LARGE_HEAD = 8 * 1024;

  private static final RequestListener.Refusal HEAD_TOO_LARGE =
      new RequestListener.Refusal(
          431, Headers.EMPTY, "the request head is too large for a server that is short of memory");
  private static final RequestListener.Refusal NO_MEMORY =
      new RequestListener.Refusal(
          503,
          Headers.of("Retry-After", "1"),
          "too many requests have begun and are not whole: the server is short of memory");

  private static final Logger LOG = LoggerFactory.getLogger(CallerMemory.class);

  /** Looking through all of them takes a millisecond or two; in vain, not again at once. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Budget budget;
  private final Iterable<? extends Holder> holders;
  private final AtomicBoolean busy = new AtomicBoolean();

  // Of whoever is busy.
  private boolean inVain;
  private long lookedAt;

  CallerMemory(Budget budget, Iterable<? extends Holder> holders) {
    this.budget = budget;
    this.holders = holders;
  }

  /** What a caller is told that has to go, with so many bytes of an unfinished head. */
  static RequestListener.Refusal refusal(int headBytes) {
    return headBytes > LARGE_HEAD ? HEAD_TOO_LARGE : NO_MEMORY;
  }

  void limit(long bytes) {
    budget.limit(bytes);
  }

  Budget.Share share() {
    return budget.share();
  }

  /**
   * True if those who are to go have not gone in time: who holds more from here on has to go
   * itself.
   */
  boolean exhausted() {
    return budget.used() > budget.limit() + budget.limit() / 4;
  }

  /** True if half of it is held: what has no need to be here yet should stay in the sockets. */
  boolean scarce() {
    return budget.used() > budget.limit() / 2;
  }

  /** More is held than there is: sends some away, until there is room again. */
  void relieve(long now) {
    if (!busy.compareAndSet(false, true)) return;
    try {
      if (inVain && now - lookedAt < PAUSE_NANOS) return;
      lookedAt = now;
      sendAway(now);
    } finally {
      busy.set(false);
    }
  }

  private void sendAway(long now) {
    // Room for some time to come: each look is at all of them.
    long surplus = budget.used() - budget.limit() / 4 * 3;
    boolean waitersFirst = waitersHoldMore(now);
    long[] heldByRank = new long[2 * Long.SIZE];
    for (Holder h : holders) {
      if (h.going()) surplus -= h.held();
      else heldByRank[rank(h, waitersFirst, now)] += h.held();
    }
    int least = heldByRank.length;
    long above = 0;
    long found = 0;
    while (found < surplus && least > 1) {
      above = found;
      found += heldByRank[--least];
    }
    inVain = found < surplus;
    int sent = sendAway(now, waitersFirst, least, surplus - above);
    if (sent > 0)
      Strangers.LINES.warn(
          LOG,
          "",
          "connections hold more than callermemory has: {} of the largest and slowest are"
              + " sent away",
          sent);
  }

  /** All above a rank go, and of that as many as hold so much; gives how many that is. */
  private int sendAway(long now, boolean waitersFirst, int least, long ofLeast) {
    int sent = 0;
    long left = ofLeast;
    for (Holder h : holders) {
      int rank = h.going() ? 0 : rank(h, waitersFirst, now);
      if (rank < least || (rank == least && left <= 0)) continue;
      if (rank == least) left -= h.held();
      sent++;
      h.goAway();
    }
    return sent;
  }

  /** True if those who wait for their origins hold more than the others, of whom any may go. */
  private boolean waitersHoldMore(long now) {
    long more = 0;
    for (Holder h : holders) {
      if (h.waited(now) > 0) more += h.waitsForOrigin() ? h.held() : -h.held();
    }
    return more > 0;
  }

  /**
   * The power of two of bytes times milliseconds, above all others for those who go first; 0 for
   * those that stay.
   */
  private static int rank(Holder h, boolean waitersFirst, long now) {
    long waited = h.waited(now);
    long weight = waited <= 0 ? 0 : h.held() * (1 + TimeUnit.NANOSECONDS.toMillis(waited));
    if (weight == 0) return 0;
    int rank = Long.SIZE - Long.numberOfLeadingZeros(weight);
    return h.waitsForOrigin() == waitersFirst ? Long.SIZE + rank : rank;
  }
}
