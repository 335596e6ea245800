package wsp.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is idle and who is busy, over all clients, and who waits for a connection.
 *
 * <p>One lock guards everything; nothing is called while it is held: what is to be done is selected
 * under the lock and done outside it. Time is an argument. A connection is leased from a random
 * client of those that have an idle one; waiters are served in order, each until its own deadline.
 */
final class ClientPools {
  private static final Logger LOG = LoggerFactory.getLogger(ClientPools.class);

  /** Somebody who wants a connection; told exactly once. */
  interface Waiter {
    /**
     * Takes the connection.
     *
     * @return false if it wants none any more; the connection is then the next one's
     */
    boolean leased(PooledConnection connection);

    void refused(ProxyError error);
  }

  private record Waiting(Waiter waiter, long deadline) {}

  private final IntUnaryOperator random;
  private final Map<String, ClientPool> pools = new HashMap<>();
  private final List<ClientPool> withIdle = new ArrayList<>();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private int maxConnections;
  private int maxPerClient;
  private int maxWaiting;
  private int connections;
  private long registered;
  private long lost;
  private boolean draining;

  /**
   * @param maxConnections connections in all
   * @param maxPerClient connections of one client id
   * @param maxWaiting waiters at a time
   * @param random from n to one of 0 … n-1
   */
  ClientPools(int maxConnections, int maxPerClient, int maxWaiting, IntUnaryOperator random) {
    this.maxConnections = maxConnections;
    this.maxPerClient = maxPerClient;
    this.maxWaiting = maxWaiting;
    this.random = random;
  }

  /** From now on these are the limits; what is beyond them already, stays. */
  synchronized void limit(int connectionsAtMost, int perClientAtMost, int waitingAtMost) {
    maxConnections = connectionsAtMost;
    maxPerClient = perClientAtMost;
    maxWaiting = waitingAtMost;
  }

  /**
   * A connection that has greeted.
   *
   * @return why it is refused; null if it is in
   */
  @Nullable String register(PooledConnection c, String clientId, int idleSize, long now) {
    synchronized (this) {
      if (draining) return "the server is shutting down";
      if (c.state != PooledConnection.State.GREETING) return "it is closed";
      if (connections >= maxConnections) return "there are " + connections + " connections already";
      ClientPool pool = pools.computeIfAbsent(clientId, ClientPool::new);
      if (pool.size() >= maxPerClient)
        return "this client has " + pool.size() + " connections already";
      pool.wish(idleSize);
      connections++;
      registered++;
      makeIdle(pool, c, now);
    }
    serveWaiters();
    return null;
  }

  /**
   * An idle connection now, or as soon as there is one, or an error at the deadline.
   *
   * @return true if it has to wait
   */
  boolean lease(Waiter waiter, long deadline) {
    PooledConnection leased = null;
    ProxyError error = null;
    synchronized (this) {
      if (draining) error = ProxyError.DRAINING;
      else if (pools.isEmpty()) error = ProxyError.NO_CLIENT;
      else if (waiting.isEmpty() && !withIdle.isEmpty()) leased = takeRandom();
      else if (waiting.size() >= maxWaiting) error = ProxyError.TOO_MANY_WAITING;
      else enqueue(new Waiting(waiter, deadline));
    }
    if (leased != null && !waiter.leased(leased)) giveBack(leased);
    else if (error != null) waiter.refused(error);
    return leased == null && error == null;
  }

  /** In the order of deadlines, which is that of arrival but for those that come a second time. */
  private void enqueue(Waiting w) {
    Deque<Waiting> later = new ArrayDeque<>(0);
    while (!waiting.isEmpty() && waiting.getLast().deadline - w.deadline > 0)
      later.addFirst(waiting.removeLast());
    waiting.addLast(w);
    waiting.addAll(later);
  }

  /** It was leased and not used, so it has been idle since before. */
  private void giveBack(PooledConnection c) {
    release(c, c.idleSince);
  }

  /** The exchange is over and the connection healthy. */
  void release(PooledConnection c, long now) {
    boolean withdrawn;
    boolean close;
    synchronized (this) {
      ClientPool pool = pools.get(c.clientId());
      if (pool == null || c.state != PooledConnection.State.BUSY) return;
      withdrawn = c.withdrawn;
      close = draining || withdrawn;
      if (!close) makeIdle(pool, c, now);
    }
    if (withdrawn) {
      closeWithdrawn(c);
      remove(c);
    } else if (close) {
      // It counts until its last words are out: whoever awaits the end would cut them off.
      c.socket().close(1001, "going away");
      remove(c);
    } else {
      serveWaiters();
    }
  }

  /** The connection is closed or about to be. */
  void remove(PooledConnection c) {
    List<Waiting> hopeless;
    synchronized (this) {
      ClientPool pool = pools.get(c.clientId());
      if (pool == null
          || c.state == PooledConnection.State.GREETING
          || c.state == PooledConnection.State.CLOSED) {
        c.state = PooledConnection.State.CLOSED;
        return;
      }
      forget(pool, c);
      if (!draining && !c.withdrawn) lost++;
      hopeless = takeHopeless();
    }
    for (Waiting w : hopeless) w.waiter.refused(ProxyError.NO_CLIENT);
  }

  /** Those who wait, if there is no client any more that they could wait for. */
  private List<Waiting> takeHopeless() {
    if (!pools.isEmpty()) return List.of();
    List<Waiting> all = List.copyOf(waiting);
    waiting.clear();
    return all;
  }

  /**
   * One pass of maintenance: surplus idle connections are closed, waiters at their deadline told.
   *
   * @return how long until the next waiter's deadline, in nanoseconds; {@link Long#MAX_VALUE}
   *     without any
   */
  long sweep(long now, long idleTimeoutNanos) {
    List<PooledConnection> evicted = new ArrayList<>();
    synchronized (this) {
      for (ClientPool pool : List.copyOf(pools.values())) {
        List<PooledConnection> surplus = pool.evict(now, idleTimeoutNanos);
        connections -= surplus.size();
        evicted.addAll(surplus);
        settle(pool);
      }
    }
    for (PooledConnection c : evicted) c.socket().close(1000, "surplus");
    return expire(now);
  }

  /**
   * Tells the waiters whose deadline has come.
   *
   * @return as {@link #sweep}
   */
  long expire(long now) {
    List<Waiting> expired = new ArrayList<>();
    long next = Long.MAX_VALUE;
    synchronized (this) {
      while (!waiting.isEmpty()) {
        long left = waiting.getFirst().deadline - now;
        if (left > 0) {
          next = left;
          break;
        }
        expired.add(waiting.removeFirst());
      }
    }
    for (Waiting w : expired) w.waiter.refused(ProxyError.NO_CONNECTION);
    return next;
  }

  /** Leases no more, and closes what is idle. */
  void drain() {
    List<PooledConnection> evicted = new ArrayList<>();
    List<Waiting> refused;
    synchronized (this) {
      draining = true;
      for (ClientPool pool : List.copyOf(pools.values())) {
        List<PooledConnection> idle = pool.evictAll();
        connections -= idle.size();
        evicted.addAll(idle);
        settle(pool);
      }
      refused = List.copyOf(waiting);
      waiting.clear();
    }
    for (PooledConnection c : evicted) c.socket().close(1001, "going away");
    for (Waiting w : refused) w.waiter.refused(ProxyError.DRAINING);
  }

  /**
   * Whom the test holds for may not stay: the idle are closed at once, the busy when they are
   * released. Whom it does not hold for may, whatever an earlier test said.
   */
  void withdraw(Predicate<PooledConnection> test) {
    List<PooledConnection> idle = new ArrayList<>();
    List<Waiting> hopeless;
    synchronized (this) {
      for (ClientPool pool : List.copyOf(pools.values())) {
        for (PooledConnection c : pool.all()) {
          c.withdrawn = test.test(c);
          if (!c.withdrawn || c.state != PooledConnection.State.IDLE) continue;
          forget(pool, c);
          idle.add(c);
        }
      }
      hopeless = takeHopeless();
    }
    for (PooledConnection c : idle) closeWithdrawn(c);
    for (Waiting w : hopeless) w.waiter.refused(ProxyError.NO_CLIENT);
  }

  private static void closeWithdrawn(PooledConnection c) {
    LOG.warn("closing the connection of {}: its key was withdrawn", c);
    c.socket().close(1008, "key withdrawn");
  }

  /**
   * Waits until no connection is left.
   *
   * @return false if some were left after that long
   */
  synchronized boolean awaitEmpty(long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    while (connections > 0) {
      long left = deadline - System.nanoTime();
      if (left <= 0) return false;
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return true;
  }

  /** Every connection there is. */
  synchronized List<PooledConnection> all() {
    List<PooledConnection> all = new ArrayList<>(connections);
    for (ClientPool pool : pools.values()) all.addAll(pool.all());
    return all;
  }

  /**
   * How many there are.
   *
   * @param clients pools
   * @param idle idle connections
   * @param busy busy connections
   */
  record Counts(int clients, int idle, int busy) {}

  /**
   * One client's connections.
   *
   * @param clientId whatever the client calls itself
   */
  record OfClient(String clientId, int idle, int busy) {}

  /** Client by client, in no order. */
  synchronized List<OfClient> clients() {
    List<OfClient> all = new ArrayList<>(pools.size());
    for (ClientPool pool : pools.values())
      all.add(new OfClient(pool.clientId(), pool.idle(), pool.busy()));
    return all;
  }

  /** Connections that have come into the pools since the start. */
  synchronized long registered() {
    return registered;
  }

  /** Those of them that have ended otherwise than by this server's maintenance or its end. */
  synchronized long lost() {
    return lost;
  }

  /** True if any client is there. */
  synchronized boolean hasClient() {
    return !pools.isEmpty();
  }

  /** How many wait. */
  synchronized int waiting() {
    return waiting.size();
  }

  synchronized Counts counts() {
    int idle = 0;
    int busy = 0;
    for (ClientPool pool : pools.values()) {
      idle += pool.idle();
      busy += pool.busy();
    }
    return new Counts(pools.size(), idle, busy);
  }

  /** Hands idle connections to waiters; one that a waiter does not want goes to the next. */
  private void serveWaiters() {
    PooledConnection spare = null;
    while (true) {
      Waiting next;
      PooledConnection leased;
      synchronized (this) {
        if (waiting.isEmpty() || (spare == null && withIdle.isEmpty())) break;
        next = waiting.removeFirst();
        leased = spare == null ? takeRandom() : spare;
      }
      spare = next.waiter.leased(leased) ? null : leased;
    }
    if (spare != null) giveBack(spare);
  }

  private PooledConnection takeRandom() {
    ClientPool pool = withIdle.get(random.applyAsInt(withIdle.size()));
    PooledConnection c = pool.takeIdle();
    settle(pool);
    return c;
  }

  private void makeIdle(ClientPool pool, PooledConnection c, long now) {
    pool.addIdle(c, now);
    settle(pool);
  }

  private void forget(ClientPool pool, PooledConnection c) {
    pool.remove(c);
    connections--;
    settle(pool);
  }

  /**
   * Puts a pool where it belongs: in the list of those with an idle connection or not, and out when
   * it is empty.
   */
  private void settle(ClientPool pool) {
    if (pool.idle() > 0 && pool.position < 0) {
      pool.position = withIdle.size();
      withIdle.add(pool);
    } else if (pool.idle() == 0 && pool.position >= 0) {
      ClientPool last = withIdle.remove(withIdle.size() - 1);
      if (last != pool) {
        withIdle.set(pool.position, last);
        last.position = pool.position;
      }
      pool.position = -1;
    }
    if (pool.isEmpty()) pools.remove(pool.clientId(), pool);
    if (connections == 0) notifyAll();
  }
}
