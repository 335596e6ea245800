package wsp.server.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which connections are in, and how they come and go. Guarded by the lock of {@link ClientPools},
 * which alone uses it, and does what a method says is left to do once it has released the lock.
 */
final class Roster {
  /**
   * What is left to do.
   *
   * @param informed connections whose clients are told that no new stream will come
   * @param closed connections that are out, to be closed
   * @param hopeless waiters that have no client to wait for any more
   */
  record Gone(
      List<PooledConnection> informed, List<PooledConnection> closed, List<Waiting> hopeless) {
    Gone() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
  }

  /** Of the places for connections: more would be many that nobody has. */
  private static final int MOST_KEPT = 64;

  private final ClientGroups groups;
  private final KnownClients clients;
  private final Parties parties;

  PoolTerms terms;

  /** Connections that the port bears, with those that have not greeted. */
  long places = Long.MAX_VALUE;

  private int size;
  long registered;
  long lost;
  boolean draining;

  /** Streams of links that are out: answers that are here, whole, and wait for slow readers. */
  int outliving;

  /** Is let go once none is in, and nothing outlives its link, after a {@link #drain}. */
  final CountDownLatch drained = new CountDownLatch(1);

  Roster(ClientGroups groups, KnownClients clients, PoolTerms terms) {
    this.groups = groups;
    this.clients = clients;
    this.parties = new Parties(terms.envelopeMemory());
    this.terms = terms;
  }

  void limit(PoolTerms next) {
    terms = next;
    parties.limit(next.envelopeMemory());
  }

  boolean isOver(PooledConnection c) {
    return draining || c.withdrawn;
  }

  /** Of so many places: those for parties that have next to none, whoever takes the others. */
  private static long kept(long places) {
    return Math.min(MOST_KEPT, places / 8);
  }

  /** True if so many that have not greeted would soon leave no place for one that comes. */
  boolean isCrowded(int ungreeted) {
    return size + ungreeted >= places - kept(places) / 2;
  }

  private @Nullable String full(PooledConnection c) {
    long most = Math.min(terms.maxConnections(), places);
    if (size >= most) return "there are " + size + " connections already";
    return size < most - kept(most) || parties.hasFew(c.holder())
        ? null
        : "there are " + size + " connections already, and the last are for other clients";
  }

  /** Why a connection may not come in; null if it may. */
  @Nullable String objection(PooledConnection c, String clientId) {
    if (draining) return "the server is shutting down";
    if (c.state != PooledConnection.State.GREETING) return "it is closed";
    if (!c.isAdmitted()) return "it may not register any more";
    String full = full(c);
    if (full != null) return full;
    ClientPool there = clients.get(clientId);
    if (!parties.hasRoom(c.holder())) return "its connections have no room in envelopememory";
    return there != null && there.size() >= terms.maxPerClient()
        ? "this client has " + there.size() + " connections already"
        : null;
  }

  ClientPool pool(String clientId) {
    return clients.arrive(clientId, ClientPool::new);
  }

  /** A connection comes in, idle; gives the waiters for a label that no client has now. */
  List<Waiting> enter(ClientPool pool, PooledConnection c, int idleSize, long now) {
    pool.comes(c.holder(), now);
    c.join(pool, parties.comes(c.holder()));
    groups.bytes(pool, c.shared != null);
    pool.idleSize = idleSize;
    pool.leaving(false);
    size++;
    registered++;
    idle(pool, c, now);
    return groups.label(pool, c.admitted.labels());
  }

  void idle(ClientPool pool, PooledConnection c, long now) {
    pool.addIdle(c, now);
    groups.settle(pool);
  }

  /**
   * A connection is out, if it was in.
   *
   * @param mayReturn its client is expected back, if this was its last
   * @return the waiters that have no client to wait for any more
   */
  List<Waiting> remove(PooledConnection c, boolean mayReturn, long now) {
    ClientPool pool = c.pool;
    if (pool == null || !c.isIn()) {
      c.state = PooledConnection.State.CLOSED;
      return List.of();
    }
    if (!isOver(c)) lost++;
    return forget(pool, c, mayReturn && !isOver(c), now);
  }

  private List<Waiting> forget(ClientPool pool, PooledConnection c, boolean mayReturn, long now) {
    pool.remove(c);
    return left(pool, List.of(c), mayReturn, now);
  }

  /** Connections are out; a pool that is empty is forgotten, or expected back. */
  private List<Waiting> left(
      ClientPool pool, List<PooledConnection> gone, boolean mayReturn, long now) {
    size -= gone.size();
    for (PooledConnection c : gone) {
      parties.leaves(c.holder());
      if (c.shared != null) outliving += c.shared.left;
    }
    lookIfDrained();
    groups.settle(pool);
    return clients.left(pool, mayReturn, now);
  }

  /** Takes out what a client has had idle for too long, and tries again what was full. */
  void evict(ClientPool pool, long now, long idleTimeoutNanos, Gone gone) {
    List<PooledConnection> surplus = pool.evict(now, idleTimeoutNanos);
    gone.informed.addAll(surplus);
    gone.closed.addAll(surplus);
    gone.hopeless.addAll(left(pool, surplus, true, now));
    pool.shared.rested();
    groups.settle(pool);
  }

  /** Takes out all that is idle, and lets nothing in from now on. */
  Gone drain() {
    Gone gone = new Gone();
    draining = true;
    gone.hopeless.addAll(groups.takeAll());
    clients.expectNobody();
    for (ClientPool pool : clients.here()) {
      List<PooledConnection> idle = pool.evictAll();
      gone.closed.addAll(idle);
      var unused = left(pool, idle, false, 0);
      gone.informed.addAll(pool.shared.all());
    }
    lookIfDrained();
    return gone;
  }

  /** A stream of a link that is out has ended. */
  void outlived(SharedLink link) {
    if (link.left == 0) return;
    link.left--;
    outliving--;
    lookIfDrained();
  }

  private void lookIfDrained() {
    if (draining && size == 0 && outliving == 0) drained.countDown();
  }

  /** Takes out the idle connections that the test holds for, and marks the busy ones. */
  Gone withdraw(Predicate<PooledConnection> test) {
    Gone gone = new Gone();
    for (ClientPool pool : clients.here()) {
      for (PooledConnection c : pool.all()) {
        c.withdrawn = test.test(c);
        if (c.withdrawn) withdraw(pool, c, gone);
      }
    }
    return gone;
  }

  private void withdraw(ClientPool pool, PooledConnection c, Gone gone) {
    SharedLink link = c.shared;
    if (link != null && link.streams > 0) {
      // It can not be taken back.
      link.draining = true;
      look(pool, link);
      gone.informed.add(c);
    }
    if (c.state != PooledConnection.State.IDLE) return;
    gone.hopeless.addAll(forget(pool, c, false, 0));
    gone.closed.add(c);
  }

  /** Whether a link has room may have changed. */
  void look(ClientPool pool, SharedLink link) {
    pool.shared.look(link);
    groups.settle(pool);
  }

  List<PooledConnection> all() {
    List<PooledConnection> all = new ArrayList<>(size);
    for (ClientPool pool : clients.here()) all.addAll(pool.all());
    return all;
  }
}
