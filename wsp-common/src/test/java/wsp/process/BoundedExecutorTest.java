package wsp.process;

import static java.lang.Thread.State.BLOCKED;
import static java.lang.Thread.State.TERMINATED;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.process.BoundedExecutor.Task;
import wsp.testing.Await;

class BoundedExecutorTest {
  /** What the threads have to run. */
  private final Deque<Runnable> given = new ArrayDeque<>();

  private final List<String> ran = new ArrayList<>();
  private final BoundedExecutor executor = new BoundedExecutor(this::take, 2, 3);
  private boolean closed;

  private void take(Runnable task) {
    if (closed) throw new RejectedExecutionException();
    given.add(task);
  }

  private void execute(String... names) {
    for (String name : names) assertTrue(executor.execute(task(name)));
  }

  private static Task task(Object owner, Runnable run) {
    return new Task(owner, System.nanoTime() + Long.MAX_VALUE / 2, run, () -> {});
  }

  /** The first letter is its owner's. */
  private Task task(String name) {
    return task(name.charAt(0), () -> ran.add(name));
  }

  @ParameterizedTest
  @CsvSource({
    "a1 a2 a3 b1 b2 c1, a1 b1 c1 a2 b2 a3",
    "a1 a2 a3 b1 a4 c1, a1 b1 c1 a2 a3",
    "a1 b1 a2 b2 a3 b3, a1 b1 a2 b2 a3 b3",
  })
  void ownersTakeTurnsAndOfEachSoManyWaitAtMost(String come, String run) {
    for (String name : come.split(" "))
      assertEquals(!name.equals("a4"), executor.execute(task(name)), name);
    while (!given.isEmpty()) given.remove().run();
    assertEquals(run, String.join(" ", ran));
  }

  @Test
  void whatHasWaitedForTooLongIsToldAndNotRun() {
    execute("a1");
    long now = System.nanoTime();
    assertTrue(executor.execute(new Task('b', now, () -> ran.add("b1"), () -> ran.add("b1 late"))));
    execute("b2");
    while (!given.isEmpty()) given.remove().run();
    assertEquals(List.of("a1", "b1 late", "b2"), ran);
  }

  @Test
  void noMoreThanSoManyAreGivenOnAndTheOthersFollowInOrder() {
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
  void aTaskThatThrowsCostsNoPlace() {
    Runnable bad =
        () -> {
          throw new IllegalStateException();
        };
    assertTrue(executor.execute(task('x', bad)));
    execute("a", "b");
    assertThrows(IllegalStateException.class, given.remove()::run);
    assertEquals(2, given.size());
    while (!given.isEmpty()) given.remove().run();
    assertEquals(List.of("a", "b"), ran);
    execute("c", "d", "e");
    assertEquals(2, given.size());
  }

  @Test
  void oneThatWaitsMayBeTakenOut() {
    Task unwanted = task("unwanted");
    execute("a", "b");
    assertTrue(executor.execute(unwanted));
    execute("c");
    executor.remove(unwanted);
    while (!given.isEmpty()) given.remove().run();
    assertEquals(List.of("a", "b", "c"), ran);
  }

  @Test
  void oneThatComesWhileAnotherIsRefusedIsRefusedToo() {
    AtomicReference<BoundedExecutor> bounded = new AtomicReference<>();
    FutureTask<Void> second =
        new FutureTask<>(() -> bounded.get().execute(task('x', () -> {})), null);
    Thread other = new Thread(second);
    bounded.set(new BoundedExecutor(task -> refuseOnceThereIs(other), 1, 3));
    assertThrows(
        RejectedExecutionException.class, () -> bounded.get().execute(task('x', () -> {})));
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
  void oneThatIsNotTakenIsToldAndCostsNoPlace() {
    closed = true;
    for (int i = 0; i < 3; i++) assertThrows(RejectedExecutionException.class, () -> execute("a"));
    closed = false;
    execute("b", "c");
    while (!given.isEmpty()) given.remove().run();
    assertEquals(List.of("b", "c"), ran);
  }
}
