package wsp.admin;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether a daemon's maintenance still goes on. Safe for all threads. */
public final class Heartbeat {
  private final long limitNanos;
  private volatile long last;

  /**
   * As if it had just passed.
   *
   * @param limit how long a pass may take to come
   * @param now nanoTime
   */
  public Heartbeat(Duration limit, long now) {
    limitNanos = limit.toNanos();
    last = now;
  }

  /** A pass has come to its end; nanoTime. */
  public void passed(long now) {
    last = now;
  }

  /** The trouble, in a line; null if there is none. */
  public @Nullable String complaint(long now) {
    long since = now - last;
    return since <= limitNanos
        ? null
        : "maintenance has not come to its end for " + Duration.ofNanos(since).toSeconds() + " s";
  }
}
