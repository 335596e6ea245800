package wsp.server;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for a state that can be seen, the only way in which tests wait. */
final class Await {
  private static final long LIMIT = TimeUnit.SECONDS.toNanos(10);
  private static final long LOOK_AGAIN = TimeUnit.MILLISECONDS.toNanos(2);

  private Await() {}

  /** Until the state holds, or fails after ten seconds. */
  static void until(String what, Callable<Boolean> state) throws Exception {
    long deadline = System.nanoTime() + LIMIT;
    while (!state.call()) {
      if (System.nanoTime() - deadline > 0) throw new AssertionError("not in time: " + what);
      LockSupport.parkNanos(LOOK_AGAIN);
    }
  }

  /** Milliseconds since an instant of {@link System#nanoTime()}. */
  static long millisSince(long start) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }
}
