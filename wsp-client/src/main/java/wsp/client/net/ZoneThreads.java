package wsp.client.net;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.process.LastResort;
import wsp.process.Threads;

/**
 * Threads, and places to wait for one, that zones share: each may have as many of either as it
 * leaves free, so that one that is slow has half of them and holds up itself. Zones take turns. A
 * task that runs for over a second goes on beside the others, who get another thread in its place;
 * it counts in what its zone has. Safe for all threads.
 */
final class ZoneThreads implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ZoneThreads.class);
  private static final long IDLE_SECONDS = 30;

  /** Of those that are not slow, so many times as many may run that are. */
  private static final int SLOW_TIMES = 4;

  private static final class Zone {
    int running;
    int slow;
    final Set<Runnable> waiting = new LinkedHashSet<>();
  }

  private record Due(String zone, Runnable task) {}

  /** One that has a thread, or will have one. */
  private final class Running implements Runnable {
    final String zone;
    private final Runnable task;

    // Guarded by the outer one.
    boolean slow;
    boolean over;

    Running(String zone, Runnable task) {
      this.zone = zone;
      this.task = task;
    }

    @Override
    public void run() {
      try {
        delayed.execute(this::late);
        task.run();
      } finally {
        leave(this);
        startDue();
      }
    }

    private void late() {
      if (!isLate(this)) return;
      onSlow.accept(zone);
      startDue();
    }
  }

  private final ThreadPoolExecutor threads;
  private final Executor delayed;
  private final Consumer<String> onSlow;

  @GuardedBy("this")
  private int freeThreads;

  /** Threads of which slow ones have none yet. */
  @GuardedBy("this")
  private int freeSlow;

  @GuardedBy("this")
  private int freePlaces;

  /** Those with a task, in turn. */
  @GuardedBy("this")
  private final Map<String, Zone> zones = new LinkedHashMap<>();

  /**
   * @param name of the threads
   * @param most of them, but for slow tasks; platform threads on every Java
   * @param places for tasks that wait
   * @param quickNanos beyond this, a task is slow
   * @param onSlow hears of a zone one of whose tasks is
   */
  ZoneThreads(String name, int most, int places, long quickNanos, Consumer<String> onSlow) {
    this.delayed =
        CompletableFuture.delayedExecutor(quickNanos, TimeUnit.NANOSECONDS, Runnable::run);
    this.onSlow = onSlow;
    freeThreads = most;
    freeSlow = SLOW_TIMES * most;
    freePlaces = places;
    int all = most + freeSlow;
    threads =
        new ThreadPoolExecutor(
            all,
            all,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Threads.numbered(name));
    threads.allowCoreThreadTimeOut(true);
  }

  /** Runs a task of a zone as soon as it may, or rejects it: too many wait, or this is closed. */
  void execute(String zone, Runnable task) {
    if (threads.isShutdown()) throw new RejectedExecutionException("closed");
    synchronized (this) {
      Zone own = zones.computeIfAbsent(zone, z -> new Zone());
      if (!mayRun(own)) {
        queue(zone, own, task);
        return;
      }
      own.running++;
      freeThreads--;
    }
    start(zone, task);
  }

  @GuardedBy("this")
  private boolean mayRun(Zone own) {
    return own.running + own.slow < freeThreads;
  }

  @GuardedBy("this")
  private void queue(String zone, Zone own, Runnable task) {
    if (own.waiting.size() >= freePlaces) {
      dropIfEmpty(zone, own);
      throw new RejectedExecutionException("too many wait");
    }
    own.waiting.add(task);
    freePlaces--;
  }

  @GuardedBy("this")
  private void dropIfEmpty(String zone, Zone own) {
    if (own.running + own.slow == 0 && own.waiting.isEmpty()) zones.remove(zone);
  }

  private void start(String zone, Runnable task) {
    Running all = new Running(zone, task);
    try {
      threads.execute(all);
    } catch (RejectedExecutionException e) {
      leave(all);
      throw e;
    } catch (OutOfMemoryError e) {
      LastResort.endIfOutOfMemory(e);
      // Where the system gives no further thread, those that there are do it.
      if (threads.getPoolSize() > 0 && threads.getQueue().offer(all)) return;
      leave(all);
      throw new RejectedExecutionException("no thread is left", e);
    }
  }

  @GuardedBy("this")
  private Zone of(Running one) {
    Zone own = zones.get(one.zone);
    if (own == null) throw new IllegalStateException("nothing runs of " + one.zone);
    return own;
  }

  private synchronized void leave(Running one) {
    Zone own = of(one);
    one.over = true;
    if (one.slow) {
      own.slow--;
      freeSlow++;
    } else {
      own.running--;
      freeThreads++;
    }
    dropIfEmpty(one.zone, own);
  }

  /** False if it has ended; else another task may have its place, if there are threads for both. */
  private synchronized boolean isLate(Running one) {
    if (one.over) return false;
    Zone own = of(one);
    if (own.slow >= freeSlow) return true;
    one.slow = true;
    own.slow++;
    own.running--;
    freeSlow--;
    freeThreads++;
    return true;
  }

  private void startDue() {
    try {
      for (Due due = next(); due != null; due = next()) start(due.zone, due.task);
    } catch (RejectedExecutionException e) {
      LOG.debug("what waits for a look-up of names is dropped: {}", e.toString());
    }
  }

  /** What is to be started: of the first zone that may have a thread. */
  private synchronized @Nullable Due next() {
    for (Map.Entry<String, Zone> e : zones.entrySet()) {
      Zone own = e.getValue();
      if (own.waiting.isEmpty() || !mayRun(own)) continue;
      Iterator<Runnable> first = own.waiting.iterator();
      Due due = new Due(e.getKey(), first.next());
      first.remove();
      freePlaces++;
      own.running++;
      freeThreads--;
      // The others have their turns first.
      zones.remove(due.zone);
      zones.put(due.zone, own);
      return due;
    }
    return null;
  }

  /** Takes out a task that has not begun; false if it has. */
  synchronized boolean remove(String zone, Runnable task) {
    Zone own = zones.get(zone);
    if (own == null || !own.waiting.remove(task)) return false;
    freePlaces++;
    dropIfEmpty(zone, own);
    return true;
  }

  /** Takes no more; does not wait for what runs. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
