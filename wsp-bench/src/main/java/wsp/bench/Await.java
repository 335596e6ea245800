package wsp.bench;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waiting for something that can be observed, with a limit. */
final class Await {
  private static final long STEP_NANOS = 2_000_000;

  private Await() {}

  interface Condition {
    boolean holds() throws Exception;
  }

  /** Returns when so much time has passed: the one thing that cannot be observed. */
  static void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime())
      LockSupport.parkNanos(left);
  }

  /** Returns once the condition holds; throws with what was expected if it does not in time. */
  static void until(String expected, Duration limit, Condition condition) throws Exception {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() - deadline > 0)
        throw new IllegalStateException("not within " + limit.toSeconds() + " s: " + expected);
      LockSupport.parkNanos(STEP_NANOS);
    }
  }
}
