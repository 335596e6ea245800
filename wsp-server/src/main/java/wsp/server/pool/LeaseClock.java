package wsp.server.pool;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Wakes the pools at the deadline of the waiter that has waited longest; there is at most one alarm
 * set, however many wait.
 */
public final class LeaseClock {
  private static final long SOON_NANOS = 1_000_000;

  public final ClientPools pools;
  private final ScheduledExecutorService timer;
  private final AtomicBoolean set = new AtomicBoolean();
  private volatile long timeoutNanos;

  /** The longest time that a waiter may have been given, which the alarm may be set to. */
  private volatile long longestNanos;

  public LeaseClock(ClientPools pools, Duration timeout, ScheduledExecutorService timer) {
    this.pools = pools;
    this.timer = timer;
    this.timeoutNanos = timeout.toNanos();
    this.longestNanos = timeoutNanos;
  }

  public void timeout(Duration timeout) {
    long nanos = timeout.toNanos();
    longestNanos = Math.max(longestNanos, nanos);
    timeoutNanos = nanos;
  }

  public long deadline() {
    return System.nanoTime() + timeoutNanos;
  }

  /** Leases a connection, or tells the waiter at its deadline that there is none. */
  public void lease(Waiter waiter, long deadline) {
    if (!pools.waiters.lease(waiter, deadline)) return;
    long left = deadline - System.nanoTime();
    if (set.compareAndSet(false, true)) {
      alarm(left);
    } else if (left < longestNanos - SOON_NANOS) {
      // It comes for the second time, or the timeout has become shorter: the alarm may be set for
      // a waiter with a later deadline.
      var unused =
          timer.schedule(() -> pools.waiters.expire(System.nanoTime()), left, TimeUnit.NANOSECONDS);
    }
  }

  private void alarm(long nanos) {
    var unused = timer.schedule(this::ring, nanos, TimeUnit.NANOSECONDS);
  }

  private void ring() {
    long next = pools.waiters.expire(System.nanoTime());
    if (next == Long.MAX_VALUE) {
      set.set(false);
      // One that began to wait in between relied on this alarm.
      next = pools.waiters.expire(System.nanoTime());
      if (next == Long.MAX_VALUE || !set.compareAndSet(false, true)) return;
    }
    alarm(next);
  }
}
