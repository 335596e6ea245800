package wsp.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class SafelyTest {
  @AutoClose("shutdownNow")
  private final ScheduledExecutorService timer = Threads.timer("safely-test");

  @Test
  void oneThatFailsHoldsUpNoneOfTheOthers() {
    List<Integer> done = new ArrayList<>();
    Safely.each(
        List.of(1, 2, 3),
        n -> {
          done.add(n);
          if (n == 1) throw new IllegalStateException("a");
          if (n == 2) throw new AssertionError("b");
        });
    assertEquals(List.of(1, 2, 3), done);
  }

  @Test
  void itSaysWhetherAStepFailed() {
    assertTrue(Safely.run(() -> {}));
    assertFalse(
        Safely.run(
            () -> {
              throw new IllegalStateException("a");
            }));
  }

  /** What nobody waits for: the log is the one place where its error can be seen. */
  @Test
  void whatFailsOnATimerIsLoggedAndTheTimerGoesOn() throws Exception {
    CountDownLatch logged = new CountDownLatch(2);
    IllegalStateException error =
        new IllegalStateException("for a test") {
          private static final long serialVersionUID = 1;

          @Override
          public StackTraceElement[] getStackTrace() {
            logged.countDown();
            return super.getStackTrace();
          }
        };
    Runnable fails =
        () -> {
          throw error;
        };
    var once = timer.schedule(fails, 1, TimeUnit.MILLISECONDS);
    timer.execute(fails);
    assertTrue(logged.await(10, TimeUnit.SECONDS));
    assertTrue(once.isDone());
    assertEquals(1, timer.submit(() -> 1).get());
  }

  @Test
  void theEndOfAFutureIsTold() {
    List<Object> told = new ArrayList<>();
    Safely.atEnd(CompletableFuture.completedFuture(1), (n, why) -> told.add(n));
    IllegalStateException no = new IllegalStateException("no");
    Safely.atEnd(CompletableFuture.failedFuture(no), (n, why) -> told.add(why));
    assertEquals(List.of(1, no), told);
  }
}
