package wsp.process;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
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

  /**
   * Platform threads that are reused when idle, added when none is, and bounded: only then do tasks
   * queue. The JDK's pool by itself either queues before it adds or adds before it reuses.
   */
  static final class BoundedThreads extends ThreadPoolExecutor {
    private static final long IDLE_SECONDS = 30;

    /** Takes a task only if a thread waits for it, so that the pool adds one otherwise. */
    private static final class HandOver extends LinkedTransferQueue<Runnable> {
      private static final long serialVersionUID = 1;

      @Override
      public boolean offer(Runnable task) {
        return tryTransfer(task);
      }

      void queue(Runnable task) {
        super.offer(task);
      }
    }

    BoundedThreads(String name, int max) {
      // One thread stays, so that a task queued while the last others leave has a thread to run it.
      super(1, max, IDLE_SECONDS, TimeUnit.SECONDS, new HandOver());
      setThreadFactory(Threads.numbered(name));
      setRejectedExecutionHandler((task, pool) -> queue(task));
    }

    /** Where the system gives no further thread, those that there are do it. */
    @Override
    public void execute(Runnable task) {
      try {
        super.execute(task);
      } catch (OutOfMemoryError e) {
        LastResort.endIfOutOfMemory(e);
        if (getPoolSize() == 0) throw new RejectedExecutionException("no thread is left", e);
        queue(task);
      }
    }

    private void queue(Runnable task) {
      HandOver queue = (HandOver) getQueue();
      if (isShutdown()) throw new RejectedExecutionException("closed");
      queue.queue(task);
      // No thread comes for a task that was queued after the shutdown had emptied the queue.
      if (isShutdown() && queue.remove(task)) throw new RejectedExecutionException("closed");
    }
  }
}
