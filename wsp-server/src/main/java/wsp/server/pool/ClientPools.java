package wsp.server.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.limit.Budget;
import wsp.server.failure.ProxyError;
import wsp.tunnel.Reset;

/**
 * The connections of all clients, idle and busy, and the waiters for them.
 *
 * <p>One lock guards everything; nothing is called while it is held: what is to be done is selected
 * under the lock and done outside it. Time is an argument. A connection is leased from one of the
 * clients that have an idle one, as {@link Balance} says; waiters are served in order, each until
 * its own deadline. A waiter that wants a certain client waits for that one alone. No waiter waits
 * while a connection that it may have is idle.
 */
public final class ClientPools {
  private static final Logger LOG = LoggerFactory.getLogger(ClientPools.class);

  private final ClientGroups groups = new ClientGroups();
  private final Allotment allotment;
  private final KnownClients clients = new KnownClients(groups);
  private final Budget envelopes;
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
   * @param envelopes the memory for envelopes that are not whole, of which one client has half
   * @param random from n to one of 0 … n-1
   */
  public ClientPools(
      int maxConnections,
      int maxPerClient,
      int maxWaiting,
      Budget envelopes,
      IntUnaryOperator random) {
    this.envelopes = envelopes;
    this.maxConnections = maxConnections;
    this.maxPerClient = maxPerClient;
    this.maxWaiting = maxWaiting;
    this.allotment = new Allotment(groups, random);
  }

  /** From now on these are the limits; what is beyond them already, stays. */
  public synchronized void limit(int connectionsAtMost, int perClientAtMost, int waitingAtMost) {
    maxConnections = connectionsAtMost;
    maxPerClient = perClientAtMost;
    maxWaiting = waitingAtMost;
  }

  /** From now on envelopes that are not whole may take so many bytes. */
  public synchronized void envelopeMemory(long bytes) {
    envelopes.limit(bytes);
    clients.forEach(pool -> pool.envelopes.limit(bytes / 2));
  }

  /** From now on, a client that leaves is expected back for so long; 0, as at first: not at all. */
  public synchronized void expect(long nanos) {
    clients.expect(nanos);
  }

  /** From now on clients are chosen so. */
  public synchronized void balance(Balance balance) {
    groups.balance(balance, clients.here());
  }

  /**
   * A connection that has greeted. The idle size and the labels of its client are those that came
   * with it, and not those of earlier ones.
   *
   * @return why it is refused; null if it is in
   */
  @Nullable String register(PooledConnection c, String clientId, int idleSize, long now) {
    List<Waiting> hopeless;
    List<Allotment.Match> matches;
    synchronized (this) {
      if (draining) return "the server is shutting down";
      if (c.state != PooledConnection.State.GREETING) return "it is closed";
      if (connections >= maxConnections) return "there are " + connections + " connections already";
      ClientPool there = clients.get(clientId);
      if (there != null && there.size() >= maxPerClient)
        return "this client has " + there.size() + " connections already";
      ClientPool pool = clients.arrive(clientId, this::newPool);
      c.pool = pool;
      c.join(pool.envelopes);
      groups.bytes(pool, c.shared() != null);
      pool.wish(idleSize);
      pool.leaving(false);
      connections++;
      registered++;
      makeIdle(pool, c, now);
      hopeless = groups.label(pool, c.labels());
      matches = allotment.match(pool);
    }
    refuse(hopeless, ProxyError.NO_CLIENT);
    deliver(matches);
    return null;
  }

  private ClientPool newPool(String clientId) {
    return new ClientPool(clientId, envelopes.part(envelopes.limit() / 2));
  }

  /**
   * An idle connection now, or as soon as there is one, or an error at the deadline.
   *
   * @return true if it has to wait
   */
  boolean lease(Waiter waiter, long deadline) {
    Lease leased = null;
    ProxyError error = null;
    String tooOld = "";
    synchronized (this) {
      ClientGroup named = group(waiter.wanted());
      if (draining) error = ProxyError.DRAINING;
      else if (named == null || !named.isOpen()) error = ProxyError.NO_CLIENT;
      else {
        ClientGroup group = waiter.needsBytes() ? named.bytes() : named;
        leased = allotment.take(group);
        if (group.isTooOld() && !group.isOpen()) tooOld = clients.anyOf(named);
        else if (leased == null && groups.waiting() >= maxWaiting)
          error = ProxyError.TOO_MANY_WAITING;
        else if (leased == null) groups.await(group, waiter, deadline);
      }
    }
    if (leased != null) deliver(List.of(new Allotment.Match(waiter, leased)));
    else if (!tooOld.isEmpty()) waiter.tooOld(tooOld);
    else if (error != null) waiter.refused(error);
    return leased == null && error == null && tooOld.isEmpty();
  }

  /** It wants no connection any more, and is told nothing; its place is the next one's. */
  public synchronized void giveUp(Waiter waiter) {
    groups.giveUp(waiter);
  }

  /** The clients that answer to a name; an id goes before a label. */
  private @Nullable ClientGroup group(@Nullable String wanted) {
    if (wanted == null) return groups.all();
    ClientPool pool = clients.get(wanted);
    return pool == null ? groups.labelled(wanted) : pool.own;
  }

  /** The exchange is over and the connection healthy. */
  public void release(PooledConnection c, long now) {
    deliver(free(c, now));
  }

  /** Makes a connection idle that is not busy any more, or closes it. */
  private List<Allotment.Match> free(PooledConnection c, long now) {
    synchronized (this) {
      ClientPool pool = c.pool;
      if (pool == null || c.state != PooledConnection.State.BUSY) return List.of();
      if (!draining && !c.withdrawn) {
        makeIdle(pool, c, now);
        return allotment.match(pool);
      }
    }
    // It counts until its last words are out: a drain that awaits the end would cut them off.
    end(c);
    return List.of();
  }

  /** A stream of a connection of version 2 is over. */
  void ended(SharedLink link, long now) {
    PooledConnection c = link.connection;
    boolean over = false;
    List<Allotment.Match> matches = List.of();
    synchronized (this) {
      ClientPool pool = c.pool;
      if (pool != null && c.state == PooledConnection.State.BUSY) {
        pool.shared.ended(link, now);
        groups.settle(pool);
        over = link.streams == 0 && (draining || c.withdrawn || link.draining);
        matches = allotment.match(pool);
      }
      matches = allotment.matchStarved(matches);
    }
    if (over) end(c);
    deliver(matches);
  }

  /** Closes a connection that carries nothing any more and is to carry nothing. */
  private void end(PooledConnection c) {
    if (c.withdrawn) closeWithdrawn(c);
    else c.socket().close(1001, "going away");
    remove(c);
  }

  /** The client has refused a stream, though it takes others. */
  synchronized void full(SharedLink link) {
    link.refusal();
    look(link);
  }

  /** It owes a sign of life, and gets no streams while it does; or it has given one. */
  void silent(SharedLink link, boolean silent) {
    List<Allotment.Match> matches = List.of();
    synchronized (this) {
      ClientPool pool = link.connection.pool;
      if (pool == null || link.silent == silent) return;
      link.silent = silent;
      look(link);
      if (!silent) matches = allotment.match(pool);
    }
    deliver(matches);
  }

  /** Whether it has room has changed. */
  private void look(SharedLink link) {
    ClientPool pool = link.connection.pool;
    if (pool == null || link.connection.state == PooledConnection.State.CLOSED) return;
    pool.shared.look(link);
    groups.settle(pool);
  }

  /** The client of a connection of version 2 wants no new streams on it. */
  void draining(SharedLink link) {
    boolean over;
    synchronized (this) {
      ClientPool pool = link.connection.pool;
      if (pool == null || link.connection.state == PooledConnection.State.CLOSED) return;
      link.draining = true;
      look(link);
      pool.leaving(!pool.hasRoom());
      over = link.streams == 0;
    }
    if (over) end(link.connection);
  }

  /** The client has closed an idle connection with 1001, as it does when it is being stopped. */
  synchronized void leaving(PooledConnection c) {
    ClientPool pool = c.pool;
    if (pool != null) pool.leaving(true);
  }

  /** The connection is closed or about to be; its client is expected back. */
  public void remove(PooledConnection c) {
    remove(c, true, System.nanoTime());
  }

  /** The same; {@code mayReturn}: its client is expected back, if this was its last. */
  void remove(PooledConnection c, boolean mayReturn, long now) {
    List<Waiting> hopeless;
    synchronized (this) {
      ClientPool pool = c.pool;
      if (pool == null
          || c.state == PooledConnection.State.GREETING
          || c.state == PooledConnection.State.CLOSED) {
        c.state = PooledConnection.State.CLOSED;
        return;
      }
      hopeless = forget(pool, c, mayReturn && !draining && !c.withdrawn, now);
      if (!draining && !c.withdrawn) lost++;
    }
    refuse(hopeless, ProxyError.NO_CLIENT);
  }

  static void refuse(List<Waiting> some, ProxyError error) {
    for (Waiting w : some) w.waiter().refused(error);
  }

  /**
   * One pass of maintenance: surplus idle connections are closed, waiters at their deadline told.
   *
   * @return how long until the next waiter's deadline, in nanoseconds; {@link Long#MAX_VALUE}
   *     without any
   */
  public long sweep(long now, long idleTimeoutNanos) {
    List<PooledConnection> evicted = new ArrayList<>();
    List<Waiting> hopeless = new ArrayList<>();
    List<Allotment.Match> matches = new ArrayList<>();
    synchronized (this) {
      for (ClientPool pool : clients.here()) {
        List<PooledConnection> surplus = pool.evict(now, idleTimeoutNanos);
        connections -= surplus.size();
        evicted.addAll(surplus);
        hopeless.addAll(settle(pool, true, now));
        pool.shared.rested();
        groups.settle(pool);
        matches.addAll(allotment.match(pool));
      }
      matches = allotment.matchStarved(matches);
      hopeless.addAll(clients.sweep(now));
    }
    for (PooledConnection c : evicted) {
      c.drain();
      c.socket().close(1000, "surplus");
    }
    deliver(matches);
    refuse(hopeless, ProxyError.NO_CLIENT);
    return expire(now);
  }

  /**
   * Tells the waiters that are at their deadline.
   *
   * @return as {@link #sweep}
   */
  long expire(long now) {
    Expired expired;
    long next;
    synchronized (this) {
      expired = Expired.of(groups.takeExpired(now));
      next = groups.untilNext(now);
    }
    expired.tell();
    return next;
  }

  /** Leases no more, and closes what is idle. */
  public void drain() {
    List<PooledConnection> evicted = new ArrayList<>();
    List<PooledConnection> busy = new ArrayList<>();
    List<Waiting> refused;
    synchronized (this) {
      draining = true;
      refused = groups.takeAll();
      clients.expectNobody();
      for (ClientPool pool : clients.here()) {
        List<PooledConnection> idle = pool.evictAll();
        connections -= idle.size();
        evicted.addAll(idle);
        var unused = settle(pool, false, 0);
        busy.addAll(pool.shared.all());
      }
    }
    busy.forEach(PooledConnection::drain);
    for (PooledConnection c : evicted) c.socket().close(1001, "going away");
    refuse(refused, ProxyError.DRAINING);
  }

  /**
   * Closes the connections that the test holds for: the idle ones at once, the busy ones when they
   * are released. The others stay, also where an earlier test held for them.
   */
  void withdraw(Predicate<PooledConnection> test) {
    List<PooledConnection> idle = new ArrayList<>();
    List<PooledConnection> busy = new ArrayList<>();
    List<Waiting> hopeless = new ArrayList<>();
    synchronized (this) {
      for (ClientPool pool : clients.here()) {
        for (PooledConnection c : pool.all()) {
          c.withdrawn = test.test(c);
          SharedLink link = c.shared();
          if (c.withdrawn && link != null && link.streams > 0) {
            // It can not be taken back.
            link.draining = true;
            look(link);
            busy.add(c);
          }
          if (!c.withdrawn || c.state != PooledConnection.State.IDLE) continue;
          hopeless.addAll(forget(pool, c, false, 0));
          idle.add(c);
        }
      }
    }
    for (PooledConnection c : idle) closeWithdrawn(c);
    busy.forEach(PooledConnection::drain);
    refuse(hopeless, ProxyError.NO_CLIENT);
  }

  private static void closeWithdrawn(PooledConnection c) {
    LOG.warn("closing the connection of {}: its key was withdrawn", c);
    c.socket().close(1008, "key withdrawn");
  }

  /** Waits until no connection is left; false if some are after that long. */
  public synchronized boolean awaitEmpty(long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    while (connections > 0) {
      long left = deadline - System.nanoTime();
      if (left <= 0) return false;
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return true;
  }

  /** Every connection there is. */
  public synchronized List<PooledConnection> all() {
    List<PooledConnection> all = new ArrayList<>(connections);
    for (ClientPool pool : clients.here()) all.addAll(pool.all());
    return all;
  }

  /**
   * How many there are.
   *
   * @param clients pools
   * @param idle idle connections
   * @param busy connections with an exchange, or on version 2 some
   * @param links connections of version 2, idle and busy
   * @param exchanges exchanges on all of them
   */
  public record Counts(int clients, int idle, int busy, int links, int exchanges) {
    /** Of version 1 alone. */
    public Counts(int clients, int idle, int busy) {
      this(clients, idle, busy, 0, busy);
    }
  }

  /**
   * One client's connections.
   *
   * @param clientId the name that the client has given itself
   * @param links connections of version 2, idle and busy
   * @param exchanges exchanges on all of them
   * @param labels what else it may be chosen by
   */
  public record OfClient(
      String clientId, int idle, int busy, int links, int exchanges, List<String> labels) {}

  /** Client by client, in no order. */
  public synchronized List<OfClient> clients() {
    List<OfClient> all = new ArrayList<>();
    for (ClientPool pool : clients.here()) all.add(pool.shown());
    return all;
  }

  /** Connections that have come into the pools since the start. */
  public synchronized long registered() {
    return registered;
  }

  /** Those of them that have ended otherwise than by this server's maintenance or its end. */
  public synchronized long lost() {
    return lost;
  }

  /** True if there is, or may soon be, a client with this id or label; null: any. */
  public synchronized boolean hasClient(@Nullable String wanted) {
    ClientGroup group = group(wanted);
    return group != null && group.isOpen();
  }

  /** True if some connection of a client with this id or label is of version 2; null: any. */
  public synchronized boolean hasLinks(@Nullable String wanted) {
    ClientGroup group = group(wanted);
    return group != null && group.bytes().isHere();
  }

  /** True if a request for this id or label, null: any, is served at once; or on version 2. */
  public synchronized boolean hasRoom(@Nullable String wanted, boolean onLink) {
    ClientGroup group = group(wanted);
    return group != null && (onLink ? group.bytes() : group).hasRoom();
  }

  /** How many wait. */
  public synchronized int waiting() {
    return groups.waiting();
  }

  public synchronized Counts counts() {
    return clients.counts();
  }

  /** Hands connections to waiters; one that a waiter does not want goes to the next. */
  private void deliver(List<Allotment.Match> matches) {
    if (matches.isEmpty()) return;
    Deque<Allotment.Match> due = new ArrayDeque<>(matches);
    while (!due.isEmpty()) {
      Allotment.Match m = due.remove();
      if (m.waiter().leased(m.lease())) continue;
      // One that was not used has been idle since before.
      if (m.lease() instanceof PooledConnection c) due.addAll(free(c, c.idleSince));
      else m.lease().discard(Reset.CANCELLED);
    }
  }

  private void makeIdle(ClientPool pool, PooledConnection c, long now) {
    pool.addIdle(c, now);
    groups.settle(pool);
  }

  private List<Waiting> forget(ClientPool pool, PooledConnection c, boolean mayReturn, long now) {
    pool.remove(c);
    connections--;
    return settle(pool, mayReturn, now);
  }

  /**
   * Connections have gone; a pool that is empty is forgotten, or expected back.
   *
   * @return the waiters that have no client to wait for any more
   */
  private List<Waiting> settle(ClientPool pool, boolean mayReturn, long now) {
    if (connections == 0) notifyAll();
    groups.settle(pool);
    return clients.left(pool, mayReturn, now);
  }
}
