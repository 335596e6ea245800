package wsp.process;

import static java.lang.Thread.State.BLOCKED;
import static java.lang.Thread.State.TERMINATED;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import wsp.testing.Await;

class BoundedExecutorTest {
  /** What the threads have to run. */
  private final Deque<Runnable> given = new ArrayDeque<>();

  private final List<String> ran = new ArrayList<>();
  private final BoundedExecutor executor = new BoundedExecutor(this::take, 2);
  private boolean closed;

  private void take(Runnable task) {
    if (closed) throw new RejectedExecutionException();
    given.add(task);
  }

  private void execute(String... names) {
    for (String name : names) executor.execute(() -> ran.add(name));
  }

  @Test
  void no_more_than_so_many_are_given_on_and_the_others_follow_in_order() {
    execute("a", "b", "c", "d");
    assertEquals(2, given.size());
    given.remove().run();
    assertEquals(2, given.size());
    while (!given.isEmpty()) given.remove().run();
    assertEquals(List.of("a", "b", "c", "d"), ran);
    execute("e", "f", "g");
    assertEquals(2, given.size());
  }

  @Test
  void a_task_that_throws_costs_no_place() {
    executor.execute(
        () -> {
          throw new IllegalStateException();
        });
    execute("a", "b");
    assertThrows(IllegalStateException.class, given.remove()::run);
    assertEquals(2, given.size());
    while (!given.isEmpty()) given.remove().run();
    assertEquals(List.of("a", "b"), ran);
    execute("c", "d", "e");
    assertEquals(2, given.size());
  }

  @Test
  void one_that_waits_may_be_taken_out() {
    Runnable unwanted = () -> ran.add("unwanted");
    execute("a", "b");
    executor.execute(unwanted);
    execute("c");
    executor.remove(unwanted);
    while (!given.isEmpty()) given.remove().run();
    assertEquals(List.of("a", "b", "c"), ran);
  }

  @Test
  void one_that_comes_while_another_is_refused_is_refused_too() {
    AtomicReference<BoundedExecutor> bounded = new AtomicReference<>();
    FutureTask<Void> second = new FutureTask<>(() -> bounded.get().execute(() -> {}), null);
    Thread other = new Thread(second);
    bounded.set(new BoundedExecutor(task -> refuseOnceThereIs(other), 1));
    assertThrows(RejectedExecutionException.class, () -> bounded.get().execute(() -> {}));
    Exception told = assertThrows(ExecutionException.class, () -> second.get(10, SECONDS));
    assertInstanceOf(RejectedExecutionException.class, told.getCause());
  }

  private static void refuseOnceThereIs(Thread other) {
    if (other.getState() == Thread.State.NEW) {
      other.start();
      Await.until(
          "the other one waits, or is through",
          () -> EnumSet.of(BLOCKED, TERMINATED).contains(other.getState()));
    }
    throw new RejectedExecutionException();
  }

  @Test
  void one_that_is_not_taken_is_told_and_costs_no_place() {
    closed = true;
    for (int i = 0; i < 3; i++) assertThrows(RejectedExecutionException.class, () -> execute("a"));
    closed = false;
    execute("b", "c");
    while (!given.isEmpty()) given.remove().run();
    assertEquals(List.of("b", "c"), ran);
  }
}
