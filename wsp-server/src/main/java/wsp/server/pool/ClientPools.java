package wsp.server.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import wsp.process.Safely;
import wsp.server.failure.ProxyError;

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
  private final ClientGroups groups = new ClientGroups();
  private final KnownClients clients = new KnownClients(groups);
  private final Allotment allotment;
  private final Roster roster;
  public final Waiters waiters;

  /**
   * @param random from n to one of 0 … n-1
   */
  public ClientPools(PoolTerms terms, IntUnaryOperator random) {
    this.allotment = new Allotment(groups, random);
    this.roster = new Roster(groups, clients, terms);
    this.waiters = new Waiters(this, groups, clients, allotment, roster);
    change(terms);
  }

  /** From now on these count; what is beyond their limits already, stays. */
  public synchronized void change(PoolTerms terms) {
    roster.limit(terms);
    clients.expectedNanos = terms.expected().toNanos();
    groups.balance(terms.balance(), clients.here());
  }

  /** The port bears so many connections, with those that have not greeted. */
  public synchronized void places(long most) {
    roster.places = most;
  }

  /** True if so many that have not greeted would soon leave no place for one that comes. */
  synchronized boolean isCrowded(int ungreeted) {
    return roster.isCrowded(ungreeted);
  }

  // ---- connections come and go

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
      String objection = roster.objection(c, clientId);
      if (objection != null) return objection;
      ClientPool pool = roster.pool(clientId);
      hopeless = roster.enter(pool, c, idleSize, now);
      matches = allotment.match(pool);
    }
    Waiting.refuse(hopeless, ProxyError.NO_CLIENT);
    waiters.deliver(matches);
    return null;
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
      hopeless = roster.remove(c, mayReturn, now);
    }
    Waiting.refuse(hopeless, ProxyError.NO_CLIENT);
  }

  /** Closes a connection that carries nothing any more and is to carry nothing. */
  private void end(PooledConnection c) {
    c.end();
    remove(c);
  }

  /** Leases no more, and closes what is idle. */
  public void drain() {
    end(roster::drain, ProxyError.DRAINING);
  }

  /**
   * Closes the connections that the test holds for: the idle ones at once, the busy ones when they
   * are released. The others stay, also where an earlier test held for them.
   */
  void withdraw(Predicate<PooledConnection> test) {
    end(() -> roster.withdraw(test), ProxyError.NO_CLIENT);
  }

  private void end(Supplier<Roster.Gone> some, ProxyError error) {
    Roster.Gone gone;
    synchronized (this) {
      gone = some.get();
    }
    Safely.each(gone.informed(), PooledConnection::drain);
    Safely.each(gone.closed(), PooledConnection::end);
    Waiting.refuse(gone.hopeless(), error);
  }

  /** Closes surplus idle connections, and tells waiters at their deadline. */
  public void sweep(long now, long idleTimeoutNanos) {
    Roster.Gone gone = new Roster.Gone();
    List<Allotment.Match> matches = new ArrayList<>();
    synchronized (this) {
      for (ClientPool pool : clients.here()) {
        roster.evict(pool, now, idleTimeoutNanos, gone);
        matches.addAll(allotment.match(pool));
      }
      matches = allotment.matchStarved(matches);
      gone.hopeless().addAll(clients.sweep(now));
    }
    Safely.each(gone.informed(), PooledConnection::drain);
    Safely.each(gone.closed(), c -> c.socket().close(1000, "surplus"));
    waiters.deliver(matches);
    Waiting.refuse(gone.hopeless(), ProxyError.NO_CLIENT);
    var unused = waiters.expire(now);
  }

  /** Waits, behind {@link #drain}, until no connection is left, and no answer of one; or false. */
  public boolean awaitEmpty(long nanos) throws InterruptedException {
    return roster.drained.await(nanos, TimeUnit.NANOSECONDS);
  }

  // ---- connections at work

  public void release(PooledConnection c, long now) {
    waiters.deliver(free(c, now));
  }

  /** Makes a connection idle that is not busy any more, or closes it. */
  List<Allotment.Match> free(PooledConnection c, long now) {
    synchronized (this) {
      ClientPool pool = c.pool;
      if (pool == null || c.state != PooledConnection.State.BUSY) return List.of();
      if (!roster.isOver(c)) {
        roster.idle(pool, c, now);
        return allotment.match(pool);
      }
    }
    // It counts until its last words are out: a drain that awaits the end would cut them off.
    end(c);
    return List.of();
  }

  /** Changes a connection of version 2, which may have room again or none; false if it is out. */
  boolean change(SharedLink link, BiConsumer<ClientPool, SharedLink> change) {
    PooledConnection c = link.connection;
    boolean in;
    boolean over = false;
    List<Allotment.Match> matches = List.of();
    synchronized (this) {
      ClientPool pool = c.pool;
      in = pool != null && c.isIn();
      if (pool != null && in) {
        change.accept(pool, link);
        roster.look(pool, link);
        over = link.streams == 0 && (roster.isOver(c) || link.draining);
        matches = allotment.match(pool);
      }
      matches = allotment.matchStarved(matches);
    }
    if (over) end(c);
    waiters.deliver(matches);
    return in;
  }

  /** A stream of a connection that is out has ended. */
  synchronized void outlived(SharedLink link) {
    roster.outlived(link);
  }

  // ---- what there is

  public synchronized List<PooledConnection> all() {
    return roster.all();
  }

  /** Client by client, in no order. */
  public synchronized List<ClientCounts> clients() {
    return clients.here().stream().map(ClientPool::counts).toList();
  }

  /** Connections that have come into the pools since the start. */
  public synchronized long registered() {
    return roster.registered;
  }

  /** Those of them that have ended otherwise than by this server's maintenance or its end. */
  public synchronized long lost() {
    return roster.lost;
  }

  /** True if there is, or may soon be, a client with this id or label; null: any. */
  public synchronized boolean hasClient(@Nullable String wanted) {
    return clients.group(wanted).isOpen();
  }

  /** True if some connection of a client with this id or label is of version 2; null: any. */
  public synchronized boolean hasLinks(@Nullable String wanted) {
    return clients.group(wanted).bytes().isHere();
  }

  /** True if a request for this id or label, null: any, is served at once; or on version 2. */
  public synchronized boolean hasRoom(@Nullable String wanted, boolean onLink) {
    ClientGroup group = clients.group(wanted);
    return (onLink ? group.bytes() : group).hasRoom();
  }

  public synchronized int waiting() {
    return groups.waiting();
  }

  public synchronized PoolCounts counts() {
    return clients.counts().with(roster.outliving);
  }
}
