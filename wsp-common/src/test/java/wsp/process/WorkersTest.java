package wsp.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkersTest {
  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(10, TimeUnit.SECONDS);
  }

  @Test
  void threadsHaveANameAndEndNoProcess() throws Exception {
    try (Workers workers = new Workers("work", 2)) {
      Thread thread = get(CompletableFuture.supplyAsync(Thread::currentThread, workers));
      assertTrue(thread.isDaemon());
      assertEquals("work-1", thread.getName());
    }
  }

  /** Computes for a while, again and again. */
  private static void compute(Executor executor, CountDownLatch rounds, CountDownLatch until) {
    for (int i = 0; i < 10_000; i++) Thread.onSpinWait();
    rounds.countDown();
    if (until.getCount() > 0) executor.execute(() -> compute(executor, rounds, until));
  }

  @Test
  void whatComputesOnEachCoreWithoutEndLeavesOthersTheirTurn() throws Exception {
    int cores = Runtime.getRuntime().availableProcessors();
    try (Workers workers = new Workers("work", cores + 1)) {
      CountDownLatch other = new CountDownLatch(1);
      CountDownLatch rounds = new CountDownLatch(20 * cores);
      for (int i = 0; i < cores; i++) workers.execute(() -> compute(workers, rounds, other));
      assertTrue(rounds.await(10, TimeUnit.SECONDS));
      workers.execute(other::countDown);
      assertTrue(other.await(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void manyTasksMayBlockAtOnce() throws Exception {
    try (Workers workers = new Workers("work", 100)) {
      CountDownLatch all = new CountDownLatch(100);
      for (int i = 0; i < 100; i++) {
        workers.execute(
            () -> {
              all.countDown();
              awaitQuietly(all);
            });
      }
      assertTrue(all.await(10, TimeUnit.SECONDS));
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aTaskThatThrowsHarmsNobody() throws Exception {
    try (Workers workers = new Workers("work", 1)) {
      Thread before = get(CompletableFuture.supplyAsync(Thread::currentThread, workers));
      workers.execute(
          () -> {
            throw new IllegalStateException("as intended");
          });
      Thread after = get(CompletableFuture.supplyAsync(Thread::currentThread, workers));
      assertEquals(before, after);
    }
  }

  @Test
  void closingInterruptsAndRefuses() throws Exception {
    Workers workers = new Workers("work", 1);
    CountDownLatch started = new CountDownLatch(1);
    CompletableFuture<String> ended = new CompletableFuture<>();
    workers.execute(
        () -> {
          started.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            ended.complete("interrupted");
          }
        });
    assertTrue(started.await(10, TimeUnit.SECONDS));
    workers.close();
    assertEquals("interrupted", get(ended));
    assertThrows(RejectedExecutionException.class, () -> workers.execute(() -> {}));
  }
}
