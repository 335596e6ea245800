package wsp.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class OneByOneTest {
  private final Queue<Runnable> threads = new ArrayDeque<>();
  private final BoundedExecutor by = new BoundedExecutor(threads::add, 1, 1);
  private final List<String> done = new ArrayList<>();
  private final OneByOne<String> all =
      new OneByOne<>(
          one -> {
            if (one.equals("bad")) throw new IllegalStateException(one);
            done.add(one);
          });

  private void run() {
    for (Runnable next = threads.poll(); next != null; next = threads.poll()) next.run();
  }

  @Test
  void allOfThemHaveOneTurnBesideEachOther() {
    for (String one : List.of("a", "bad", "b", "c")) all.add(one, by);
    long later = System.nanoTime() + Long.MAX_VALUE / 2;
    by.execute(new BoundedExecutor.Task("other", later, () -> done.add("other"), () -> {}));
    run();
    assertEquals(List.of("a", "other", "b", "c"), done);
    all.add("again", by);
    run();
    assertEquals("again", done.get(4));
  }
}
