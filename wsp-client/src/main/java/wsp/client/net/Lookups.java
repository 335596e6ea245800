package wsp.client.net;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/**
 * Looks names up on threads of its own, which nothing else waits for: a name server that does not
 * answer holds up a thread for half a minute. All who ask for a name while it is being looked up
 * share one look-up, so that a name that hangs holds up one thread, however many want it. Zones
 * share the threads ({@link ZoneThreads}): one whose name servers are silent holds up its own
 * names. Names that were found quickly have threads that no other name gets: however many hang,
 * those are found, as long as no other name of their zone does. Safe for all threads.
 */
public final class Lookups implements AutoCloseable {
  /** Platform threads on every Java: a look-up blocks in the system's library. */
  static final int THREADS = 32;

  private static final int THREADS_FOR_PROVEN = 16;
  static final int MOST_WAITING = 1000;
  private static final int MOST_PROVEN = 1000;
  private static final long QUICK_NANOS = 1_000_000_000L;

  /** Who knows the addresses of names; may block. */
  @FunctionalInterface
  public interface Source {
    /** All of them, at least one. */
    List<InetAddress> addresses(String host) throws Exception;
  }

  private final Source source;
  private final ZoneThreads threads;
  private final ZoneThreads threadsForProven;

  /** Guarded by itself. */
  private final Map<String, Lookup> running = new HashMap<>();

  /** Names that were found quickly when they were last looked up; guarded by {@link #running}. */
  private final NameMap<Boolean> proven = new NameMap<>(MOST_PROVEN);

  public Lookups(String name, Source source) {
    this.source = source;
    threads = new ZoneThreads(name, THREADS, MOST_WAITING, QUICK_NANOS, this::unproven);
    threadsForProven =
        new ZoneThreads(
            name + "-quick", THREADS_FOR_PROVEN, MOST_WAITING, QUICK_NANOS, this::unproven);
  }

  /** One name of a zone is slow: the others have to prove themselves again. */
  private void unproven(String zone) {
    synchronized (running) {
      proven.removeZone(zone);
    }
  }

  /**
   * The addresses, or what the source threw; completed on one of the threads. {@code
   * RejectedExecutionException} if too many names wait already, or after {@link #close}. One that
   * is cancelled, or completed by another, leaves nothing behind: neither itself, nor a look-up
   * that has not begun and that nobody else waits for.
   */
  public CompletableFuture<List<InetAddress>> find(String host) {
    Waiting mine;
    Lookup begun = null;
    synchronized (running) {
      Lookup lookup = running.get(host);
      if (lookup == null) {
        begun = lookup = new Lookup(host, proven.remove(host) != null);
        running.put(host, lookup);
      }
      mine = new Waiting(lookup);
      lookup.waiting.add(mine);
    }
    if (begun != null) begun.begin();
    return mine;
  }

  /** One name that is looked up, and all who wait for it. */
  private final class Lookup implements Runnable {
    private final String host;
    private final String zone;
    private final boolean quick;

    /** Guarded by {@link #running}. */
    private final Set<Waiting> waiting = new LinkedHashSet<>();

    Lookup(String host, boolean quick) {
      this.host = host;
      this.zone = NameMap.zone(host);
      this.quick = quick;
    }

    private ZoneThreads pool() {
      return quick ? threadsForProven : threads;
    }

    void begin() {
      try {
        pool().execute(zone, this);
      } catch (RejectedExecutionException e) {
        for (Waiting one : over(false)) one.completeExceptionally(e);
      }
    }

    @Override
    public void run() {
      long begin = System.nanoTime();
      try {
        List<InetAddress> addresses = source.addresses(host);
        boolean wasQuick = System.nanoTime() - begin < QUICK_NANOS;
        for (Waiting one : over(wasQuick)) one.complete(addresses);
      } catch (Throwable e) {
        for (Waiting one : over(false)) one.completeExceptionally(e);
      }
    }

    /** Who asks from now on is answered anew; these have waited. */
    private List<Waiting> over(boolean wasQuick) {
      synchronized (running) {
        running.remove(host, this);
        if (wasQuick) proven.put(host, true);
        List<Waiting> all = List.copyOf(waiting);
        waiting.clear();
        return all;
      }
    }

    void leave(Waiting one) {
      synchronized (running) {
        if (!waiting.remove(one) || !waiting.isEmpty() || !pool().remove(zone, this)) return;
        running.remove(host, this);
        if (quick) proven.put(host, true);
      }
    }
  }

  /** One who waits for a name. */
  private static final class Waiting extends CompletableFuture<List<InetAddress>> {
    private final Lookup lookup;

    Waiting(Lookup lookup) {
      this.lookup = lookup;
    }

    /** By the look-up, or by one who does not wait for that any longer. */
    @Override
    public boolean complete(List<InetAddress> addresses) {
      lookup.leave(this);
      return super.complete(addresses);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      lookup.leave(this);
      return super.cancel(mayInterruptIfRunning);
    }
  }

  /** Takes no more; does not wait for those that hang. */
  @Override
  public void close() {
    threads.close();
    threadsForProven.close();
  }
}
