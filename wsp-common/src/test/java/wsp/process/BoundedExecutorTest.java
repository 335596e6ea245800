package wsp.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

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
  void one_that_is_not_taken_is_told_and_costs_no_place() {
    closed = true;
    for (int i = 0; i < 3; i++) assertThrows(RejectedExecutionException.class, () -> execute("a"));
    closed = false;
    execute("b", "c");
    while (!given.isEmpty()) given.remove().run();
    assertEquals(List.of("b", "c"), ran);
  }
}
