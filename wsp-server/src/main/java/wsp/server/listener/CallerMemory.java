package wsp.server.listener;

import java.util.List;
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
 * limit for each is not enough. At the edge those go whose owners hold most ({@link Surplus}). Safe
 * for all threads.
 */
final class CallerMemory {
  /** What a connection is to the server. */
  enum Standing {
    /** A stranger's that has not asked, or greeted, in full. */
    NOBODY(8),
    /** A stranger's that has: its origin is to act, or its answer is on its way. */
    ASKED(8),
    /** One by which a caller with a key has asked. */
    KEYED(4),
    /** A client's, that is known. */
    LINK(4);

    /**
     * That of the memory which it keeps in any case: one of so many; all of them, three of four.
     */
    final int part;

    Standing(int part) {
      this.part = part;
    }
  }

  /**
   * Who is charged with all that a connection holds.
   *
   * @param who a caller's key, or else an address; equal to nothing else where neither is known
   * @param known whether by a key, and not only by what costs nothing
   */
  record Owner(Object who, boolean known) {}

  interface Holder {
    long held();

    Standing standing();

    Owner owner();

    /** For how many nanoseconds it has held much, or kept us waiting; 0: neither. */
    long waited(long now);

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
          "too many requests have begun and are not over: the server is short of memory");

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
    Surplus surplus = new Surplus(holders, budget.limit(), now);
    List<Holder> sent = surplus.take();
    inVain = surplus.isInVain() && !budget.suffices();
    sent.forEach(Holder::goAway);
    if (!sent.isEmpty())
      Strangers.LINES.warn(
          LOG,
          "",
          "connections hold more than callermemory has: {} of the largest and slowest are"
              + " sent away",
          sent.size());
  }
}
