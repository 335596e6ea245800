package wsp.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The one way in which tests wait: for something that can be observed, with a limit. */
public final class Await {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final long STEP_NANOS = 2_000_000;

  private Await() {}

  /** Returns once the condition holds; fails after ten seconds. */
  public static void until(String expected, Callable<Boolean> condition) {
    until(expected, LIMIT, condition);
  }

  /** Returns once the condition holds; fails with what was expected if it does not in time. */
  public static void until(String expected, Duration limit, Callable<Boolean> condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!holds(condition)) {
      if (System.nanoTime() - deadline > 0)
        throw new AssertionError("not within " + limit + ": " + expected);
      LockSupport.parkNanos(STEP_NANOS);
    }
  }

  private static boolean holds(Callable<Boolean> condition) {
    try {
      return condition.call();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** The pace of a load or of a slow party; never a wait for a state. May return earlier. */
  public static void pace(long nanos) {
    LockSupport.parkNanos(nanos);
  }

  /** Milliseconds since an instant of {@link System#nanoTime()}. */
  public static long millisSince(long start) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }
}
