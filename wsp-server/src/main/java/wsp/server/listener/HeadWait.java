package wsp.server.listener;

/**
 * How long a caller has been waited for: for its next request, and for the rest of a head from its
 * first byte on. Safe for all threads.
 */
final class HeadWait {
  private final ListenerLimits limits;
  private volatile long since = System.nanoTime();

  /** The first head counts from the opening of its connection on. */
  private volatile boolean begun = true;

  HeadWait(ListenerLimits limits) {
    this.limits = limits;
  }

  /** An answer is out, and nothing has come of the next request. */
  void answered() {
    begun = false;
    since = System.nanoTime();
  }

  /** A part of a head has come: from the first one on, the rest has so much time. */
  void headComes() {
    if (begun) return;
    since = System.nanoTime();
    begun = true;
  }

  void restart() {
    since = System.nanoTime();
  }

  /** For how long it has been waited for, in nanoseconds; never 0. */
  long nanos(long now) {
    return Math.max(1, now - since);
  }

  boolean isOver(long now) {
    return now - since
        > (begun ? limits.requestHeadTimeout() : limits.callerIdleTimeout()).toNanos();
  }
}
