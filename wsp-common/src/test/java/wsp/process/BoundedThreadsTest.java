package wsp.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BoundedThreadsTest {
  private final Workers.BoundedThreads threads = new Workers.BoundedThreads("t", 3);
  private final CountDownLatch gate = new CountDownLatch(1);

  @AfterEach
  void close() {
    gate.countDown();
    threads.shutdownNow();
  }

  private void block(CountDownLatch started) {
    threads.execute(
        () -> {
          started.countDown();
          try {
            gate.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @Test
  void beyondTheBoundTasksQueueAndNoneIsLost() throws Exception {
    CountDownLatch three = new CountDownLatch(3);
    for (int i = 0; i < 3; i++) block(three);
    assertTrue(three.await(10, TimeUnit.SECONDS));
    CountDownLatch rest = new CountDownLatch(1_000);
    for (int i = 0; i < 1_000; i++) threads.execute(rest::countDown);
    assertEquals(3, threads.getPoolSize());
    assertEquals(1_000, rest.getCount());
    gate.countDown();
    assertTrue(rest.await(10, TimeUnit.SECONDS));
    assertEquals(3, threads.getPoolSize());
  }

  @Test
  void whereTheSystemGivesNoThreadThoseThatThereAreDoIt() throws Exception {
    CountDownLatch one = new CountDownLatch(1);
    block(one);
    assertTrue(one.await(10, TimeUnit.SECONDS));
    threads.setThreadFactory(BoundedThreadsTest::noThread);
    CountDownLatch done = new CountDownLatch(2);
    threads.execute(done::countDown);
    threads.execute(done::countDown);
    assertEquals(2, done.getCount());
    gate.countDown();
    assertTrue(done.await(10, TimeUnit.SECONDS));
  }

  @Test
  void whereThereIsNoneATaskIsRefused() {
    threads.setThreadFactory(BoundedThreadsTest::noThread);
    assertThrows(RejectedExecutionException.class, () -> threads.execute(() -> {}));
  }

  private static Thread noThread(Runnable task) {
    throw new OutOfMemoryError("unable to create native thread: none is left");
  }

  @Test
  void anIdleThreadIsUsedBeforeAnotherIsAdded() throws Exception {
    for (int i = 0; i < 50; i++) {
      CountDownLatch done = new CountDownLatch(1);
      threads.execute(done::countDown);
      assertTrue(done.await(10, TimeUnit.SECONDS));
      // Idle means: waiting for the next task, which takes it a moment.
      while (!threads.getQueue().isEmpty() || waiting() == 0) Thread.onSpinWait();
    }
    assertEquals(1, threads.getPoolSize());
  }

  private long waiting() {
    var queue = (java.util.concurrent.LinkedTransferQueue<?>) threads.getQueue();
    return queue.getWaitingConsumerCount();
  }

  @Test
  void afterTheEndNothingIsTaken() {
    threads.shutdownNow();
    assertThrows(RejectedExecutionException.class, () -> threads.execute(() -> {}));
  }
}
