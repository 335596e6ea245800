package wsp.server.pool;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one client that carry many streams each. Guarded by the lock of {@link
 * ClientPools}, which is held while a link's own lock is taken, never the reverse.
 */
final class SharedLinks {
  /** So many are looked at for the one to use: nearly always there are two. */
  private static final int LOOK_AT = 16;

  /** What is on one link leaves by one write: few streams are put together rather than spread. */
  private static final int TOGETHER = 8;

  /** A client keeps so many without having to wish for them. */
  private static final int KEPT = 2;

  private final List<SharedLink> all = new ArrayList<>();

  /** Those that have room, as far as is known. */
  private final List<SharedLink> roomy = new ArrayList<>();

  int streams;
  int busy;

  private int turn;

  int size() {
    return all.size();
  }

  boolean hasRoom() {
    return !roomy.isEmpty();
  }

  List<PooledConnection> all() {
    return connections(all);
  }

  private static List<PooledConnection> connections(List<SharedLink> links) {
    List<PooledConnection> all = new ArrayList<>(links.size());
    for (SharedLink l : links) all.add(l.connection);
    return all;
  }

  void add(SharedLink l, long now) {
    l.connection.state = PooledConnection.State.IDLE;
    l.connection.idleSince = now;
    all.add(l);
    look(l);
  }

  /**
   * Room for a stream: on a link of the thread that asks, if there is one with room, and of those
   * on one with a few already, or else with the fewest streams.
   *
   * @return null if there is none; if {@link #hasRoom} then, memory is short
   */
  @Nullable Lease take() {
    while (true) {
      SharedLink l = best();
      if (l == null) return null;
      Lease lease = l.reserve();
      if (lease == null && l.hasRoom()) return null;
      if (lease != null) occupy(l);
      look(l);
      if (lease != null) return lease;
    }
  }

  private void occupy(SharedLink l) {
    l.connection.state = PooledConnection.State.BUSY;
    if (l.streams++ == 0) busy++;
    streams++;
  }

  private @Nullable SharedLink best() {
    SharedLink best = null;
    int n = roomy.size();
    for (int looked = 0; looked < LOOK_AT && looked < n; looked++) {
      SharedLink l = roomy.get((looked + turn) % n);
      if (best == null || isBetter(l, best)) best = l;
    }
    turn = n > LOOK_AT ? (turn + 1) % n : 0;
    return best;
  }

  private static boolean isBetter(SharedLink l, SharedLink than) {
    boolean near = l.connection.socket().isNear();
    if (near != than.connection.socket().isNear()) return near;
    return rank(l.streams) < rank(than.streams);
  }

  private static int rank(int streams) {
    return streams < TOGETHER ? -streams : streams;
  }

  int leastLoad() {
    SharedLink l = best();
    return l == null ? Integer.MAX_VALUE : l.streams;
  }

  void ended(SharedLink l, long now) {
    l.over();
    streams--;
    if (--l.streams == 0) {
      busy--;
      l.connection.state = PooledConnection.State.IDLE;
      l.connection.idleSince = now;
    }
    look(l);
  }

  /** It may have room again, or none any more. */
  void look(SharedLink l) {
    if (l.hasRoom() == (l.place >= 0)) return;
    if (l.place >= 0) {
      takeOut(l);
      return;
    }
    l.place = roomy.size();
    roomy.add(l);
  }

  /** The last one takes its place. */
  private void takeOut(SharedLink l) {
    SharedLink last = roomy.remove(roomy.size() - 1);
    if (last != l) {
      roomy.set(l.place, last);
      last.place = l.place;
    }
    l.place = -1;
  }

  /** Those that were full are tried again. */
  void rested() {
    for (SharedLink l : all) {
      l.rested();
      look(l);
    }
  }

  void remove(SharedLink l) {
    all.remove(l);
    if (l.place >= 0) takeOut(l);
    streams -= l.streams;
    if (l.streams > 0) busy--;
    l.left = l.streams;
    l.streams = 0;
    l.connection.state = PooledConnection.State.CLOSED;
  }

  /** Takes out what is beyond the wish and has carried nothing for longer than the timeout. */
  List<PooledConnection> evict(int wish, long now, long idleTimeoutNanos) {
    List<SharedLink> evicted = new ArrayList<>();
    int surplus = all.size() - Math.max(KEPT, wish);
    for (SharedLink l : List.copyOf(all)) {
      if (evicted.size() >= surplus) break;
      if (l.streams == 0 && now - l.connection.idleSince >= idleTimeoutNanos) evicted.add(l);
    }
    evicted.forEach(this::remove);
    return connections(evicted);
  }

  List<PooledConnection> evictAll() {
    List<SharedLink> evicted = new ArrayList<>();
    for (SharedLink l : all) if (l.streams == 0) evicted.add(l);
    evicted.forEach(this::remove);
    return connections(evicted);
  }
}
