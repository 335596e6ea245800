package wsp.client.targets;

import static java.util.stream.Collectors.toSet;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import java.util.stream.Stream;
import wsp.client.websocket.Endpoint;
import wsp.destination.ConfiguredUrl;
import wsp.process.Safely;

/**
 * The pools of connections, one for each server: those of targets that name one are there for good,
 * those of a name's addresses come and go with them. A pool drains when its address has gone, and
 * is forgotten when its last exchange has finished; if the address comes back before that, it goes
 * on.
 *
 * <p>Decides under its lock, acts on pools outside it. Safe for all threads, but for {@link #sync},
 * which is for one at a time with the same URL.
 */
public final class Targets {
  private final Function<Endpoint, ConnectionPool> newPool;
  private final ObjIntConsumer<ConfiguredUrl> servers;

  @GuardedBy("this")
  private final List<ConnectionPool> fixed = new ArrayList<>();

  @GuardedBy("this")
  private final Map<Endpoint, ConnectionPool> found = new LinkedHashMap<>();

  @GuardedBy("this")
  private final Map<Endpoint, ConnectionPool> leaving = new LinkedHashMap<>();

  @GuardedBy("this")
  private boolean draining;

  /**
   * No pools yet.
   *
   * @param servers is told how many pools there are of each URL whose host is a name of several,
   *     before one of them opens more links; blocks on nothing
   */
  Targets(Function<Endpoint, ConnectionPool> newPool, ObjIntConsumer<ConfiguredUrl> servers) {
    this.newPool = newPool;
    this.servers = servers;
  }

  /** One more server that stays. */
  synchronized void add(ConfiguredUrl url) {
    fixed.add(newPool.apply(Endpoint.of(url)));
  }

  /** These are the addresses of the URL's host now, all of them. */
  void sync(ConfiguredUrl url, Set<InetAddress> addresses) {
    List<ConnectionPool> came;
    List<ConnectionPool> gone;
    synchronized (this) {
      if (draining) return;
      gone = takeOut(url, addresses);
      came = putIn(url, addresses);
      count(url);
    }
    Safely.each(came, ConnectionPool::refill);
    Safely.each(gone, ConnectionPool::drain);
  }

  @GuardedBy("this")
  private List<ConnectionPool> takeOut(ConfiguredUrl url, Set<InetAddress> addresses) {
    List<Endpoint> absent =
        found.keySet().stream()
            .filter(e -> e.url().equals(url) && !addresses.contains(e.address()))
            .toList();
    List<ConnectionPool> pools = new ArrayList<>();
    for (Endpoint e : absent) {
      ConnectionPool pool = found.remove(e);
      leaving.put(e, pool);
      pools.add(pool);
    }
    return pools;
  }

  @GuardedBy("this")
  private List<ConnectionPool> putIn(ConfiguredUrl url, Set<InetAddress> addresses) {
    List<ConnectionPool> pools = new ArrayList<>();
    for (InetAddress address : addresses) {
      Endpoint e = new Endpoint(url, address);
      if (found.containsKey(e)) continue;
      ConnectionPool pool = leaving.remove(e);
      if (pool == null) pool = newPool.apply(e);
      else pool.resume();
      found.put(e, pool);
      pools.add(pool);
    }
    return pools;
  }

  /** Those that are leaving count: what they carry takes as much as before. */
  @GuardedBy("this")
  private void count(ConfiguredUrl url) {
    long n =
        Stream.of(found, leaving)
            .flatMap(pools -> pools.keySet().stream())
            .filter(e -> e.url().equals(url))
            .count();
    servers.accept(url, (int) n);
  }

  /** All that there are, those that are leaving too. */
  synchronized List<ConnectionPool> pools() {
    List<ConnectionPool> all = new ArrayList<>(fixed);
    all.addAll(found.values());
    all.addAll(leaving.values());
    return all;
  }

  public List<PoolCounts> counts() {
    return pools().stream().map(ConnectionPool::counts).toList();
  }

  void start() {
    Safely.each(pools(), ConnectionPool::refill);
  }

  public void tick() {
    // Those that are leaving too: a server may never answer their close frames.
    Safely.each(pools(), ConnectionPool::tick);
    synchronized (this) {
      Set<ConfiguredUrl> names = leaving.keySet().stream().map(Endpoint::url).collect(toSet());
      if (leaving.values().removeIf(ConnectionPool::isOver)) names.forEach(this::count);
    }
  }

  /** From now on no new pools, and those that there are drain. */
  public void drain() {
    stop();
    Safely.each(pools(), ConnectionPool::drain);
  }

  private synchronized void stop() {
    draining = true;
  }

  /** Waits until all connections are closed, up to an instant of nanoTime; true if they are. */
  public boolean awaitEmpty(long deadline) throws InterruptedException {
    boolean empty = true;
    for (ConnectionPool pool : pools()) empty &= pool.awaitEmpty(deadline);
    return empty;
  }

  public void abort() {
    stop();
    Safely.each(pools(), ConnectionPool::abort);
  }
}
