package wsp.limit;

import java.time.Duration;

/**
 * Lets one event through in an interval, so that a flood of them is no flood of lines. Safe for all
 * threads.
 */
public final class LogLimit {
  private final long intervalNanos;
  private boolean any;
  private long last;

  /** The first event passes in any case. */
  public LogLimit(Duration interval) {
    intervalNanos = interval.toNanos();
  }

  public synchronized boolean allows(long now) {
    if (any && now - last < intervalNanos) return false;
    any = true;
    last = now;
    return true;
  }
}
