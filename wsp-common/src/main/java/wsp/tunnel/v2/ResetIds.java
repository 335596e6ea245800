package wsp.tunnel.v2;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * The streams that this side has reset: frames of theirs that were under way are dropped, where
 * those of other streams that are over break the rules. Only the latest are known one by one; of
 * what is older than those, all counts as reset, as nobody can say how long something has been
 * under way. Guarded by the lock of its {@link Link}.
 */
final class ResetIds {
  /** How many are known one by one. */
  private static final int MOST = 1024;

  private final Set<Integer> ids = new HashSet<>();
  private final Deque<Integer> order = new ArrayDeque<>();

  /** The highest of the forgotten. */
  private int floor;

  void add(int id) {
    if (!ids.add(id)) return;
    order.add(id);
    if (order.size() <= MOST) return;
    int oldest = order.remove();
    ids.remove(oldest);
    floor = Math.max(floor, oldest);
  }

  boolean has(int id) {
    return (id >= 1 && id <= floor) || ids.contains(id);
  }
}
