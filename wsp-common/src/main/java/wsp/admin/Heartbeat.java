package wsp.admin;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether a daemon's maintenance still goes on. Safe for all threads. */
public final class Heartbeat {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private volatile long last;

  /** As if it had just passed; nanoTime. */
  public Heartbeat(long now) {
    last = now;
  }

  /** A pass has come to its end; nanoTime. */
  public void passed(long now) {
    last = now;
  }

  /** The trouble, in a line; null if there is none. */
  public @Nullable String complaint(long now) {
    long since = now - last;
    return since <= LIMIT.toNanos()
        ? null
        : "maintenance has not come to its end for " + Duration.ofNanos(since).toSeconds() + " s";
  }
}
