package wsp.process;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import wsp.process.BoundedExecutor.Task;

/**
 * Does the same for many, one after the other, as a single owner of a {@link BoundedExecutor}: all
 * of them together have one turn beside each of the others who want something done. Nothing is
 * given up for having waited. Safe for all threads.
 */
public final class OneByOne<T> {
  private final Consumer<? super T> deed;
  private final Queue<T> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean runs = new AtomicBoolean();

  public OneByOne(Consumer<? super T> deed) {
    this.deed = deed;
  }

  /** Does it for this one, too, when those before have had it. */
  public void add(T one, BoundedExecutor by) {
    waiting.add(one);
    goOn(by);
  }

  private void goOn(BoundedExecutor by) {
    if (waiting.isEmpty() || !runs.compareAndSet(false, true)) return;
    long never = System.nanoTime() + Long.MAX_VALUE / 2;
    Runnable step = () -> step(by);
    if (!by.execute(new Task(this, never, step, step)))
      throw new IllegalStateException("one task of this is too many");
  }

  private void step(BoundedExecutor by) {
    T one = waiting.poll();
    if (one != null) Safely.run(() -> deed.accept(one));
    runs.set(false);
    goOn(by);
  }
}
