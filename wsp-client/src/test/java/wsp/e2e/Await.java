package wsp.e2e;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** The one way in which these tests wait: for something that can be observed, with a limit. */
public final class Await {
  private static final long STEP_NANOS = 5_000_000;

  private Await() {}

  /** Returns once the condition holds; fails with what was expected if it does not in time. */
  public static void until(String expected, Duration limit, Callable<Boolean> condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!holds(condition)) {
      if (System.nanoTime() > deadline) fail("not within " + limit + ": " + expected);
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
}
