package wsp.server.pool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which clients belong together, and who waits for which of them. Guarded by the lock of {@link
 * ClientPools}, which alone uses it.
 *
 * <p>A client is in the group of all, in that of its id, and in one for each of its labels; a
 * waiter waits in one group. So a connection that becomes idle is offered to the first of some few
 * groups, however many wait elsewhere. A group is there as long as a client belongs to it: names
 * that only callers know leave nothing behind.
 */
final class ClientGroups {
  final ClientGroup all = new ClientGroup("");

  private final Map<String, ClientGroup> byLabel = new HashMap<>();
  private final TreeSet<Waiting> waiting = new TreeSet<>();
  private final IdentityHashMap<Waiter, Waiting> byWaiter = new IdentityHashMap<>();
  private Balance balance = Balance.RANDOM;
  private long arrivals;

  @Nullable ClientGroup labelled(String label) {
    return byLabel.get(label);
  }

  void balance(Balance next, Iterable<ClientPool> pools) {
    balance = next;
    for (ClientPool pool : pools) settle(pool);
  }

  void enter(ClientPool pool) {
    pool.places.add(all.join(pool));
    pool.places.add(pool.own.join(pool));
  }

  /** Whether the streams of a client may go on as bytes: its latest registration says so. */
  void bytes(ClientPool pool, boolean now) {
    if (now == pool.carriesBytes || pool.shared.size() > 0) return;
    pool.carriesBytes = now;
    for (ClientGroup.Place place : List.copyOf(pool.places)) {
      if (now) pool.places.add(place.group.bytes().join(pool));
      else if (place.group.isPart()) leave(pool, place, new ArrayList<>());
    }
  }

  /** A client has these labels alone; gives the waiters for a label that no client has now. */
  List<Waiting> label(ClientPool pool, List<String> labels) {
    if (pool.labels.equals(labels)) return List.of();
    for (String label : labels) {
      if (pool.labels.contains(label)) continue;
      ClientGroup group = byLabel.computeIfAbsent(label, ClientGroup::new);
      pool.places.add(group.join(pool));
      if (pool.carriesBytes) pool.places.add(group.bytes().join(pool));
    }
    List<Waiting> hopeless = new ArrayList<>();
    for (ClientGroup.Place place : List.copyOf(pool.places)) {
      String label = place.group.label;
      if (!label.isEmpty() && !labels.contains(label)) leave(pool, place, hopeless);
    }
    pool.labels = labels;
    settle(pool);
    return hopeless;
  }

  /** A client is gone; gives the waiters that have no client to wait for any more. */
  List<Waiting> leave(ClientPool pool) {
    List<Waiting> hopeless = new ArrayList<>();
    for (ClientGroup.Place place : List.copyOf(pool.places)) leave(pool, place, hopeless);
    return hopeless;
  }

  private void leave(ClientPool pool, ClientGroup.Place place, List<Waiting> hopeless) {
    ClientGroup group = place.group;
    group.leave(place);
    pool.places.remove(place);
    // Who waits for a part waits on: another client of the whole may come back as one of it.
    if (!group.isEmpty() || group.isPart()) return;
    byLabel.remove(group.label, group);
    List<Waiting> line = new ArrayList<>(group.waiting);
    line.addAll(group.bytes().waiting);
    hopeless.addAll(line);
    line.forEach(this::take);
  }

  /** The number of a client's idle or busy connections has changed. */
  void settle(ClientPool pool) {
    for (ClientGroup.Place place : pool.places) place.settle(balance);
  }

  int waiting() {
    return waiting.size();
  }

  /** From now on it waits for one of these clients. */
  void await(ClientGroup group, Waiter waiter, long deadline) {
    Waiting w = new Waiting(waiter, deadline, arrivals++, group);
    waiting.add(w);
    group.waiting.add(w);
    byWaiter.put(waiter, w);
  }

  /** It waits on in its place: there was nothing to take after all. */
  void putBack(Waiting w) {
    waiting.add(w);
    w.group().waiting.add(w);
    byWaiter.put(w.waiter(), w);
  }

  List<Waiting> line() {
    return List.copyOf(waiting);
  }

  /** It does not wait any more, if it did. */
  void giveUp(Waiter waiter) {
    Waiting w = byWaiter.get(waiter);
    if (w != null) take(w);
  }

  /** Takes out the waiter that is to have the client's next connection; null if there is none. */
  @Nullable Waiting takeFor(ClientPool pool) {
    if (waiting.isEmpty()) return null;
    Waiting oldest = null;
    for (ClientGroup.Place place : pool.places) {
      SortedSet<Waiting> line = place.group.waiting;
      if (line.isEmpty() || !place.hasRoom()) continue;
      Waiting first = line.first();
      if (oldest == null || first.compareTo(oldest) < 0) oldest = first;
    }
    if (oldest != null) take(oldest);
    return oldest;
  }

  List<Waiting> takeExpired(long now) {
    List<Waiting> expired = new ArrayList<>();
    while (!waiting.isEmpty() && waiting.first().deadline() - now <= 0) {
      Waiting first = waiting.first();
      take(first);
      expired.add(first);
    }
    return expired;
  }

  /** How long until the next deadline; {@link Long#MAX_VALUE} without any. */
  long untilNext(long now) {
    return waiting.isEmpty() ? Long.MAX_VALUE : waiting.first().deadline() - now;
  }

  List<Waiting> takeAll() {
    List<Waiting> everybody = List.copyOf(waiting);
    everybody.forEach(this::take);
    return everybody;
  }

  void take(Waiting w) {
    waiting.remove(w);
    w.group().waiting.remove(w);
    byWaiter.remove(w.waiter(), w);
  }
}
