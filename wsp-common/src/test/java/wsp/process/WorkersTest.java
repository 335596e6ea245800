package wsp.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkersTest {
  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(10, TimeUnit.SECONDS);
  }

  @Test
  void threadsAreVirtualWhereThereAreSuch() throws Exception {
    try (Workers workers = new Workers("work", 2)) {
      assertEquals(Runtime.version().feature() >= 21, workers.virtual());
      Thread thread = get(CompletableFuture.supplyAsync(Thread::currentThread, workers));
      assertTrue(thread.isDaemon());
      assertEquals("work-1", thread.getName());
      boolean isVirtual = thread.getClass().getSimpleName().contains("Virtual");
      assertEquals(workers.virtual(), isVirtual);
    }
  }

  @Test
  void withoutThemThereArePlatformThreads() throws Exception {
    try (Workers workers = new Workers("work", 2, null)) {
      Thread thread = get(CompletableFuture.supplyAsync(Thread::currentThread, workers));
      assertTrue(thread.isDaemon() && !workers.virtual());
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
    try (Workers workers = new Workers("work", 1, null)) {
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
    for (Workers workers : new Workers[] {new Workers("a", 1), new Workers("b", 1, null)}) {
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
}
