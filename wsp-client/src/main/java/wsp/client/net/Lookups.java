package wsp.client.net;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import wsp.limit.BoundedMap;
import wsp.process.LastResort;

/**
 * Looks names up on threads of its own, which nothing else waits for: a name server that does not
 * answer holds up a thread for half a minute. All who ask for a name while it is being looked up
 * share one look-up, so that a name that hangs holds up one thread, however many want it. Names
 * that were found quickly have threads that no other name gets: however many hang, those are found.
 * Safe for all threads.
 */
public final class Lookups implements AutoCloseable {
  /** Platform threads on every Java: a look-up blocks in the system's library. */
  private static final int THREADS = 16;

  private static final int THREADS_FOR_PROVEN = 8;
  private static final int MOST_WAITING = 1000;
  private static final int MOST_PROVEN = 1000;
  private static final long QUICK_NANOS = 1_000_000_000L;
  private static final long IDLE_SECONDS = 30;

  /** Who knows the addresses of names; may block. */
  @FunctionalInterface
  public interface Source {
    /** All of them, at least one. */
    List<InetAddress> addresses(String host) throws Exception;
  }

  private final Source source;
  private final ThreadPoolExecutor threads;
  private final ThreadPoolExecutor threadsForProven;

  /** Guarded by itself. */
  private final Map<String, CompletableFuture<List<InetAddress>>> running = new HashMap<>();

  /** Names that were found quickly when they were last looked up; guarded by {@link #running}. */
  private final Map<String, Boolean> proven = new BoundedMap<>(MOST_PROVEN);

  /**
   * @param name of the threads
   */
  public Lookups(String name, Source source) {
    this.source = source;
    threads = threads(name, THREADS);
    threadsForProven = threads(name + "-quick", THREADS_FOR_PROVEN);
  }

  private static ThreadPoolExecutor threads(String name, int most) {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            most,
            most,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            task -> {
              Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /**
   * The addresses, or what the source threw; completed on one of the threads. {@code
   * RejectedExecutionException} if too many names wait already, or after {@link #close}.
   */
  public CompletableFuture<List<InetAddress>> find(String host) {
    CompletableFuture<List<InetAddress>> mine = new CompletableFuture<>();
    boolean quick;
    synchronized (running) {
      CompletableFuture<List<InetAddress>> other = running.putIfAbsent(host, mine);
      if (other != null) return other.copy();
      quick = proven.remove(host) != null;
    }
    try {
      execute(quick ? threadsForProven : threads, () -> look(host, mine));
    } catch (RejectedExecutionException e) {
      over(host, false);
      mine.completeExceptionally(e);
    }
    return mine.copy();
  }

  /** Where the system gives no further thread, those that there are do it. */
  private static void execute(ThreadPoolExecutor threads, Runnable task) {
    try {
      threads.execute(task);
    } catch (OutOfMemoryError e) {
      LastResort.endIfOutOfMemory(e);
      if (threads.getPoolSize() == 0 || !threads.getQueue().offer(task))
        throw new RejectedExecutionException("no thread is left", e);
    }
  }

  private void look(String host, CompletableFuture<List<InetAddress>> found) {
    long begin = System.nanoTime();
    try {
      List<InetAddress> addresses = source.addresses(host);
      over(host, System.nanoTime() - begin < QUICK_NANOS);
      found.complete(addresses);
    } catch (Throwable e) {
      over(host, false);
      found.completeExceptionally(e);
    }
  }

  /** Who asks from now on is answered anew. */
  private void over(String host, boolean quick) {
    synchronized (running) {
      running.remove(host);
      if (quick) proven.put(host, true);
    }
  }

  /** Takes no more; does not wait for those that hang. */
  @Override
  public void close() {
    threads.shutdownNow();
    threadsForProven.shutdownNow();
  }
}
