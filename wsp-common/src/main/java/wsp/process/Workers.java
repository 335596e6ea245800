package wsp.process;

import java.lang.reflect.Method;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads for work that may block or take long, away from those that do I/O: a virtual thread for
 * each task where there are such (Java 21), else platform threads, reused, up to a bound, beyond
 * which tasks queue. All are daemon threads. A task that throws is logged. Safe for all threads.
 */
public final class Workers implements Executor, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Workers.class);

  private final ExecutorService threads;
  private final boolean virtual;

  /** Threads with this name and a number, on Java before 21 so many at most. */
  public Workers(String name, int maxPlatformThreads) {
    this(name, maxPlatformThreads, virtualThreads(name));
  }

  Workers(String name, int maxPlatformThreads, @Nullable ThreadFactory virtualThreads) {
    virtual = virtualThreads != null;
    threads =
        virtualThreads == null
            ? new BoundedThreads(name, maxPlatformThreads)
            : threadPerTask(virtualThreads);
  }

  /** The bytecode is older than virtual threads, so they are reached by reflection. */
  private static @Nullable ThreadFactory virtualThreads(String name) {
    try {
      Class<?> builder = Class.forName("java.lang.Thread$Builder");
      Object ofVirtual = Thread.class.getMethod("ofVirtual").invoke(null);
      Method named = builder.getMethod("name", String.class, long.class);
      Object withName = named.invoke(ofVirtual, name + "-", 1L);
      return (ThreadFactory) builder.getMethod("factory").invoke(withName);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  private static ExecutorService threadPerTask(ThreadFactory factory) {
    try {
      Method method = Executors.class.getMethod("newThreadPerTaskExecutor", ThreadFactory.class);
      return (ExecutorService) method.invoke(null, factory);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("virtual threads without their executor", e);
    }
  }

  /** True if each task has a virtual thread. */
  public boolean virtual() {
    return virtual;
  }

  /**
   * Runs a task soon.
   *
   * @throws java.util.concurrent.RejectedExecutionException after {@link #close}
   */
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
