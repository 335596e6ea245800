package wsp.process;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Daemon threads, which end with the process, and waiting for what they do. Stateless. */
public final class Threads {
  private Threads() {}

  public static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Makes daemon threads with this name and a number, from 1 on. */
  public static ThreadFactory numbered(String name) {
    AtomicInteger number = new AtomicInteger();
    return task -> daemon(name + "-" + number.incrementAndGet(), task);
  }

  /**
   * A daemon thread that does things later. What is cancelled leaves it at once: else each request
   * would leave its limit, and what that refers to, until it is due. What fails is logged.
   */
  public static ScheduledExecutorService timer(String name) {
    return new Timer(name);
  }

  private static final class Timer extends ScheduledThreadPoolExecutor {
    Timer(String name) {
      super(1, task -> daemon(name, task));
      setRemoveOnCancelPolicy(true);
    }

    /** Nobody looks at the future of a task that is to be done later. */
    @Override
    protected void afterExecute(Runnable task, @Nullable Throwable error) {
      if (!(task instanceof Future<?> future) || !future.isDone() || future.isCancelled()) return;
      try {
        var unused = outcome(future);
      } catch (ExecutionException e) {
        Safely.failed(e.getCause() == null ? e : e.getCause());
      }
    }
  }

  /** The outcome, for one who cannot go on without: an interrupt is passed on when it is there. */
  public static <T> T outcome(Future<T> task) throws ExecutionException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) Thread.currentThread().interrupt();
    }
  }
}
