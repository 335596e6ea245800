package wsp.client.net;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.process.LastResort;
import wsp.process.Threads;

/**
 * Threads, and places to wait for one, that zones share: each may have as many of either as it
 * leaves free, so that one that is slow has half of them and holds up itself. Zones take turns.
 * Safe for all threads.
 */
final class ZoneThreads implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ZoneThreads.class);
  private static final long IDLE_SECONDS = 30;

  private static final class Zone {
    int running;
    final Set<Runnable> waiting = new LinkedHashSet<>();
  }

  private record Due(String zone, Runnable task) {}

  private final ThreadPoolExecutor threads;

  @GuardedBy("this")
  private int freeThreads;

  @GuardedBy("this")
  private int freePlaces;

  /** Those with a task, in turn. */
  @GuardedBy("this")
  private final Map<String, Zone> zones = new LinkedHashMap<>();

  ZoneThreads(String name, int most, int places) {
    freeThreads = most;
    freePlaces = places;
    threads =
        new ThreadPoolExecutor(
            most,
            most,
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
      if (own.running >= freeThreads) {
        queue(zone, own, task);
        return;
      }
      own.running++;
      freeThreads--;
    }
    start(zone, task);
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
    if (own.running == 0 && own.waiting.isEmpty()) zones.remove(zone);
  }

  private void start(String zone, Runnable task) {
    Runnable all =
        () -> {
          try {
            task.run();
          } finally {
            ended(zone);
          }
        };
    try {
      threads.execute(all);
    } catch (RejectedExecutionException e) {
      leave(zone);
      throw e;
    } catch (OutOfMemoryError e) {
      LastResort.endIfOutOfMemory(e);
      // Where the system gives no further thread, those that there are do it.
      if (threads.getPoolSize() > 0 && threads.getQueue().offer(all)) return;
      leave(zone);
      throw new RejectedExecutionException("no thread is left", e);
    }
  }

  private synchronized void leave(String zone) {
    freeThreads++;
    Zone own = zones.get(zone);
    if (own == null) throw new IllegalStateException("nothing runs of " + zone);
    own.running--;
    dropIfEmpty(zone, own);
  }

  private void ended(String zone) {
    leave(zone);
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
      if (own.waiting.isEmpty() || own.running >= freeThreads) continue;
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
