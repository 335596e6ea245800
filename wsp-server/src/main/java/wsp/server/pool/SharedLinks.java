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

  /** A client keeps so many without having to wish for them. */
  private static final int KEPT = 2;

  private final List<PooledConnection> all = new ArrayList<>();

  /** Those that have room, as far as is known. */
  private final List<PooledConnection> roomy = new ArrayList<>();

  private int streams;
  private int busy;
  private int turn;

  int size() {
    return all.size();
  }

  /** Those that carry streams. */
  int busy() {
    return busy;
  }

  /** Streams on all of them. */
  int streams() {
    return streams;
  }

  boolean hasRoom() {
    return !roomy.isEmpty();
  }

  List<PooledConnection> all() {
    return all;
  }

  void add(PooledConnection c, long now) {
    c.state = PooledConnection.State.IDLE;
    c.idleSince = now;
    all.add(c);
    look(c);
  }

  /**
   * Room for a stream: on a link of the thread that asks, if there is one with room, and of those
   * on the one with the fewest streams.
   *
   * @return null if there is none; if {@link #hasRoom} then, memory is short
   */
  @Nullable Lease take() {
    while (true) {
      PooledConnection c = best();
      if (c == null) return null;
      Lease lease = c.share();
      if (lease == null && c.hasRoom()) return null;
      if (lease != null) occupy(c);
      look(c);
      if (lease != null) return lease;
    }
  }

  private void occupy(PooledConnection c) {
    c.state = PooledConnection.State.BUSY;
    if (c.streams++ == 0) busy++;
    streams++;
  }

  private @Nullable PooledConnection best() {
    PooledConnection best = null;
    int n = roomy.size();
    for (int looked = 0; looked < LOOK_AT && looked < n; looked++) {
      PooledConnection c = roomy.get((looked + turn) % n);
      if (best == null || isBetter(c, best)) best = c;
    }
    turn = n > LOOK_AT ? (turn + 1) % n : 0;
    return best;
  }

  private static boolean isBetter(PooledConnection c, PooledConnection than) {
    boolean near = c.socket().isNear();
    if (near != than.socket().isNear()) return near;
    return c.streams < than.streams;
  }

  /** The fewest streams that one with room has. */
  int leastLoad() {
    PooledConnection c = best();
    return c == null ? Integer.MAX_VALUE : c.streams;
  }

  /** A stream is over. */
  void ended(PooledConnection c, long now) {
    streams--;
    if (--c.streams == 0) {
      busy--;
      c.state = PooledConnection.State.IDLE;
      c.idleSince = now;
    }
    look(c);
  }

  /** It may have room again, or none any more. */
  void look(PooledConnection c) {
    if (c.hasRoom() == (c.place >= 0)) return;
    if (c.place >= 0) {
      takeOut(c);
      return;
    }
    c.place = roomy.size();
    roomy.add(c);
  }

  /** The last one takes its place. */
  private void takeOut(PooledConnection c) {
    PooledConnection last = roomy.remove(roomy.size() - 1);
    if (last != c) {
      roomy.set(c.place, last);
      last.place = c.place;
    }
    c.place = -1;
  }

  /** Those that were full are tried again. */
  void rested() {
    for (PooledConnection c : all) {
      c.rested();
      look(c);
    }
  }

  void remove(PooledConnection c) {
    all.remove(c);
    if (c.place >= 0) takeOut(c);
    streams -= c.streams;
    if (c.streams > 0) busy--;
    c.streams = 0;
    c.state = PooledConnection.State.CLOSED;
  }

  /** Takes out what is beyond the wish and has carried nothing for longer than the timeout. */
  List<PooledConnection> evict(int wish, long now, long idleTimeoutNanos) {
    List<PooledConnection> evicted = new ArrayList<>();
    int surplus = all.size() - Math.max(KEPT, wish);
    for (PooledConnection c : List.copyOf(all)) {
      if (evicted.size() >= surplus) break;
      if (c.streams == 0 && now - c.idleSince >= idleTimeoutNanos) evicted.add(c);
    }
    evicted.forEach(this::remove);
    return evicted;
  }

  /** Takes out every one that carries nothing. */
  List<PooledConnection> evictAll() {
    List<PooledConnection> evicted = new ArrayList<>();
    for (PooledConnection c : all) if (c.streams == 0) evicted.add(c);
    evicted.forEach(this::remove);
    return evicted;
  }
}
