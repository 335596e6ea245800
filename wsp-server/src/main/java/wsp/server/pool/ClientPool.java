package wsp.server.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one client id. Guarded by the lock of {@link ClientPools}, which alone uses
 * it.
 */
final class ClientPool {
  /** Nearly always one of so many is near: there are a few threads. */
  private static final int LOOK_AT = 16;

  final String clientId;
  private final Deque<PooledConnection> idle = new ArrayDeque<>();

  /** In no order; each knows its place. */
  private final List<PooledConnection> busy = new ArrayList<>();

  final SharedLinks shared = new SharedLinks();

  /** How many idle connections the client wishes to keep; its latest greeting counts. */
  int idleSize;

  private Parties.Holder holder = Parties.Holder.NOBODY;
  private long cameAt;
  private long stayed;

  // Of ClientGroups.

  /** The group of this client alone. */
  final ClientGroup own = new ClientGroup("");

  /** Its places in the groups that it belongs to. */
  final List<ClientGroup.Place> places = new ArrayList<>();

  /** What callers may choose it by beside its id, by its latest registration. */
  List<String> labels = List.of();

  /** Whether its streams may go on as bytes that are no HTTP. */
  boolean carriesBytes;

  ClientPool(String clientId) {
    this.clientId = clientId;
  }

  /** A connection comes, perhaps as the first. */
  void comes(Parties.Holder whose, long now) {
    holder = whose;
    if (isEmpty()) cameAt = now;
  }

  void leaves(long now) {
    stayed += now - cameAt;
  }

  /** Whose the client is; its latest registration counts. */
  Parties.Holder holder() {
    return holder;
  }

  /** For how long it has had connections, up to the last time that it left; nanoseconds. */
  long stayed() {
    return stayed;
  }

  void leaving(boolean now) {
    for (ClientGroup.Place place : places) place.leaving(now);
  }

  int size() {
    return idle.size() + busy.size() + shared.size();
  }

  int idle() {
    return idle.size() + shared.size() - shared.busy;
  }

  int busy() {
    return busy.size() + shared.busy;
  }

  /** Exchanges under way. */
  int load() {
    return busy.size() + shared.streams;
  }

  ClientCounts counts() {
    return new ClientCounts(clientId, idle(), busy(), shared.size(), load(), labels);
  }

  /** True if an exchange may begin at once, as far as is known. */
  boolean hasRoom() {
    return !idle.isEmpty() || shared.hasRoom();
  }

  boolean isEmpty() {
    return size() == 0;
  }

  /** The one used last comes first, so that a surplus grows old. */
  void addIdle(PooledConnection c, long now) {
    SharedLink link = c.shared;
    if (link != null) {
      shared.add(link, now);
      return;
    }
    if (c.state == PooledConnection.State.BUSY) removeBusy(c);
    c.state = PooledConnection.State.IDLE;
    c.idleSince = now;
    idle.addFirst(c);
  }

  /** Room for an exchange; null if there is none or, if {@link #hasRoom} then, no memory. */
  @Nullable Lease take() {
    boolean own = !idle.isEmpty() && (!shared.hasRoom() || shared.leastLoad() > 0);
    return own ? takeIdle() : shared.take();
  }

  /** The next one to be busy: of those used last, one of the thread that asks, if there is one. */
  private PooledConnection takeIdle() {
    PooledConnection c = takeNear();
    if (c == null) c = idle.removeFirst();
    c.state = PooledConnection.State.BUSY;
    c.place = busy.size();
    busy.add(c);
    return c;
  }

  private @Nullable PooledConnection takeNear() {
    Iterator<PooledConnection> latest = idle.iterator();
    for (int looked = 0; looked < LOOK_AT && latest.hasNext(); looked++) {
      PooledConnection c = latest.next();
      if (!c.socket().isNear()) continue;
      latest.remove();
      return c;
    }
    return null;
  }

  /** The last one takes its place. */
  private void removeBusy(PooledConnection c) {
    PooledConnection last = busy.remove(busy.size() - 1);
    if (last == c) return;
    busy.set(c.place, last);
    last.place = c.place;
  }

  void remove(PooledConnection c) {
    SharedLink link = c.shared;
    if (link != null) shared.remove(link);
    else if (c.state == PooledConnection.State.BUSY) removeBusy(c);
    else idle.remove(c);
    c.state = PooledConnection.State.CLOSED;
  }

  /** Takes out what is beyond the idle size and has been idle for longer than the timeout. */
  List<PooledConnection> evict(long now, long idleTimeoutNanos) {
    List<PooledConnection> evicted = new ArrayList<>();
    while (idle.size() > idleSize && now - idle.getLast().idleSince >= idleTimeoutNanos) {
      PooledConnection c = idle.removeLast();
      c.state = PooledConnection.State.CLOSED;
      evicted.add(c);
    }
    evicted.addAll(shared.evict(idleSize, now, idleTimeoutNanos));
    return evicted;
  }

  List<PooledConnection> evictAll() {
    List<PooledConnection> evicted = new ArrayList<>(idle);
    idle.clear();
    for (PooledConnection c : evicted) c.state = PooledConnection.State.CLOSED;
    evicted.addAll(shared.evictAll());
    return evicted;
  }

  /** All of them, idle first. */
  List<PooledConnection> all() {
    List<PooledConnection> all = new ArrayList<>(idle);
    all.addAll(busy);
    all.addAll(shared.all());
    return all;
  }
}
