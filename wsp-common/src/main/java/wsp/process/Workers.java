package wsp.process;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads for work that may block or take long, away from those that do I/O: reused, up to a bound,
 * beyond which tasks queue. All are daemon threads. A task that throws is logged. Safe for all
 * threads.
 *
 * <p>They are the system's, not virtual ones: of those, what computes again and again keeps the few
 * carriers to itself, and no other task has its turn.
 */
public final class Workers implements Executor, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Workers.class);

  private final ExecutorService threads;

  public Workers(String name, int most) {
    threads = new BoundedThreads(name, most);
  }

  /** Runs a task soon; refuses it after {@link #close}. */
  @Override
  public void execute(Runnable task) {
    threads.execute(() -> run(task));
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LastResort.endIfOutOfMemory(e);
      log.error("a task failed:", e);
    }
  }

  /** Takes no more tasks, drops the queued ones, interrupts the running ones; does not wait. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
