package wsp.server.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Whose room goes to whom: to the next waiter in order, from a client that {@link Balance} says.
 * Guarded by the lock of {@link ClientPools}, which alone uses it.
 */
final class Allotment {
  /** Room on a connection, and whom it is for. */
  record Match(Waiter waiter, Lease lease) {}

  private final ClientGroups groups;
  private final IntUnaryOperator random;

  /** Somebody waits because there was no memory for a window. */
  private boolean starved;

  Allotment(ClientGroups groups, IntUnaryOperator random) {
    this.groups = groups;
    this.random = random;
  }

  @Nullable Lease take(ClientGroup group) {
    for (ClientPool pool; (pool = group.next(random)) != null; ) {
      Lease lease = take(pool, group);
      // It may have been thought to have room, and is not any more.
      if (lease != null || group.hasRoom(pool)) return lease;
    }
    return null;
  }

  private @Nullable Lease take(ClientPool pool, ClientGroup group) {
    Lease lease = group.isPart() ? pool.shared.take() : pool.take();
    if (lease == null && group.hasRoom(pool)) starved = true;
    groups.settle(pool);
    return lease;
  }

  List<Match> match(ClientPool pool) {
    List<Match> matches = List.of();
    while (pool.hasRoom()) {
      Waiting next = groups.takeFor(pool);
      if (next == null) break;
      Lease lease = take(pool, next.group());
      if (lease == null) {
        groups.putBack(next);
        if (starved) break;
        continue;
      }
      if (matches.isEmpty()) matches = new ArrayList<>(1);
      matches.add(new Match(next.waiter(), lease));
    }
    return matches;
  }

  /** There may be memory again: gives room to all who wait, as long as there is. */
  List<Match> matchStarved(List<Match> before) {
    if (!starved) return before;
    List<Match> matches = new ArrayList<>(before);
    starved = false;
    for (Waiting w : groups.line()) {
      Lease lease = take(w.group());
      if (lease != null) {
        groups.take(w);
        matches.add(new Match(w.waiter(), lease));
      }
      if (starved) break;
    }
    return matches;
  }
}
