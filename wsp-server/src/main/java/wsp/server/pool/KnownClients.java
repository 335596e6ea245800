package wsp.server.pool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The clients by their ids: those that have a connection, and those that are expected back. A
 * client whose last connection has gone is expected for a while, because a cancelled exchange costs
 * a connection, a restart all of them, and it connects again within moments: a request for it, for
 * one of its labels or for any client, waits as for a busy one. After that time no request begins
 * to wait for it, but one that waits already may go on until its deadline. Guarded by the lock of
 * {@link ClientPools}, which alone uses it.
 *
 * <p>A client is expected however it left, with a close frame or without: one that stops says the
 * same as one that restarts. Not expected are clients that this server itself has sent away (a key
 * that was withdrawn, no sign of life for {@code deadpeer}, its own end).
 */
final class KnownClients {
  private final ClientGroups groups;
  private final Map<String, ClientPool> pools = new HashMap<>();
  private final ExpectedClients expected = new ExpectedClients();

  /** In which nobody is, for names that nobody has. */
  private final ClientGroup nobody = new ClientGroup("");

  /** For how long a client that leaves is expected; 0: not at all. */
  long expectedNanos;

  KnownClients(ClientGroups groups) {
    this.groups = groups;
  }

  /** The client with this id; null if it is neither here nor expected any more. */
  @Nullable ClientPool get(String id) {
    ClientPool pool = pools.get(id);
    return pool == null || !pool.own.isOpen() ? null : pool;
  }

  /** The clients that answer to a name, of which an id goes before a label; null: all. */
  ClientGroup group(@Nullable String wanted) {
    if (wanted == null) return groups.all;
    ClientPool pool = get(wanted);
    ClientGroup group = pool == null ? groups.labelled(wanted) : pool.own;
    return group == null ? nobody : group;
  }

  ClientPool arrive(String id, Function<String, ClientPool> newPool) {
    ClientPool pool = pools.get(id);
    if (pool == null) {
      pool = newPool.apply(id);
      groups.enter(pool);
      pools.put(id, pool);
    } else if (expected.remove(pool)) {
      pool.places.forEach(ClientGroup.Place::open);
    }
    return pool;
  }

  /** The id of any client of a group that has a connection; empty if there is none. */
  String anyOf(ClientGroup group) {
    for (ClientPool pool : pools.values())
      for (ClientGroup.Place place : pool.places)
        if (place.group == group && !pool.isEmpty()) return pool.clientId;
    return "";
  }

  List<ClientPool> here() {
    List<ClientPool> here = new ArrayList<>(pools.size());
    for (ClientPool pool : pools.values()) if (!pool.isEmpty()) here.add(pool);
    return here;
  }

  /**
   * A client has lost a connection, perhaps the last.
   *
   * @param mayReturn whether it is expected back then
   * @return the waiters that have no client to wait for any more
   */
  List<Waiting> left(ClientPool pool, boolean mayReturn, long now) {
    // One that is not here at all may come back as what it was.
    if (!pool.isEmpty()) groups.bytes(pool, pool.shared.size() > 0);
    if (!pool.isEmpty() || pools.get(pool.clientId) != pool) return List.of();
    if (!mayReturn || expectedNanos == 0) return forget(pool);
    pool.leaves(now);
    ClientPool tooMany = expected.add(pool, now + expectedNanos);
    return tooMany == null ? List.of() : forget(tooMany);
  }

  /** Forgets the clients that were expected for long enough; gives what {@link #left} gives. */
  List<Waiting> sweep(long now) {
    List<ClientPool> over = expected.over(now);
    for (ClientPool pool : over) pool.places.forEach(ClientGroup.Place::close);
    List<Waiting> hopeless = new ArrayList<>();
    for (ClientPool pool : over) if (!isAwaited(pool)) hopeless.addAll(forget(pool));
    return hopeless;
  }

  /** True if a request waits for it, or for a group that has no other client. */
  private static boolean isAwaited(ClientPool pool) {
    for (ClientGroup.Place place : pool.places) {
      ClientGroup group = place.group;
      if (!group.isOpen() && !group.waiting.isEmpty()) return true;
    }
    return false;
  }

  void expectNobody() {
    for (ClientPool pool : expected.all()) {
      var unused = forget(pool);
    }
  }

  private List<Waiting> forget(ClientPool pool) {
    expected.remove(pool);
    pools.remove(pool.clientId);
    return groups.leave(pool);
  }

  PoolCounts counts() {
    int clients = 0;
    int idle = 0;
    int busy = 0;
    int links = 0;
    int exchanges = 0;
    for (ClientPool pool : pools.values()) {
      if (!pool.isEmpty()) clients++;
      idle += pool.idle();
      busy += pool.busy();
      links += pool.shared.size();
      exchanges += pool.load();
    }
    return new PoolCounts(clients, idle, busy, links, exchanges);
  }
}
