package wsp.process;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on the threads of another executor, so many at once at most: for those that take much
 * memory, or a core, while they run. The others wait in the order in which they came, and hold no
 * thread. Safe for all threads.
 */
public final class BoundedExecutor implements Executor {
  private final Executor threads;
  private final int most;

  @GuardedBy("this")
  private final Set<Runnable> waiting = new LinkedHashSet<>();

  @GuardedBy("this")
  private int running;

  /**
   * @param threads runs them; what a task throws is its affair
   * @param most at once
   */
  public BoundedExecutor(Executor threads, int most) {
    this.threads = threads;
    this.most = most;
  }

  /**
   * As many at once as there are cores, or fewer where the heap is small.
   *
   * @param bytes that one takes at the most: an eighth of the heap is for all
   */
  public static BoundedExecutor ofCores(Executor threads, long bytes) {
    Runtime here = Runtime.getRuntime();
    long room = here.maxMemory() / 8 / bytes;
    return new BoundedExecutor(
        threads, (int) Math.max(1, Math.min(here.availableProcessors(), room)));
  }

  /**
   * Runs a task soon.
   *
   * @throws RejectedExecutionException where the other executor takes no more
   */
  @Override
  public synchronized void execute(Runnable task) {
    waiting.add(task);
    if (running == most) return;
    try {
      go();
    } catch (RejectedExecutionException e) {
      waiting.remove(task);
      throw e;
    }
  }

  /**
   * One more runs. Under the lock: else what comes in that moment would rely on a place that the
   * other executor refuses, and wait for ever.
   */
  @GuardedBy("this")
  private void go() {
    running++;
    try {
      threads.execute(this::run);
    } catch (RejectedExecutionException e) {
      running--;
      throw e;
    }
  }

  /** Takes a task out that is not wanted any more, if it has not begun. */
  public synchronized void remove(Runnable task) {
    waiting.remove(task);
  }

  private void run() {
    Runnable task = next();
    try {
      if (task != null) task.run();
    } finally {
      goOn();
    }
  }

  private synchronized @Nullable Runnable next() {
    Iterator<Runnable> all = waiting.iterator();
    if (!all.hasNext()) return null;
    Runnable first = all.next();
    all.remove();
    return first;
  }

  /** What waits when the other executor is closed is dropped, as what waits there is. */
  private synchronized void goOn() {
    running--;
    if (!waiting.isEmpty()) go();
  }
}
