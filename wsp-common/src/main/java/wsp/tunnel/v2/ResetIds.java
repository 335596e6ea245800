package wsp.tunnel.v2;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * The streams that this side has reset of late: frames of theirs that were under way are dropped,
 * where those of other streams that are over break the rules. Guarded by the lock of its {@link
 * Link}.
 */
final class ResetIds {
  private final int most;
  private final Set<Integer> ids = new HashSet<>();
  private final Deque<Integer> order = new ArrayDeque<>();

  /**
   * @param most how many are known; older ones have nothing under way
   */
  ResetIds(int most) {
    this.most = most;
  }

  void add(int id) {
    if (!ids.add(id)) return;
    order.add(id);
    if (order.size() > most) ids.remove(order.remove());
  }

  boolean has(int id) {
    return ids.contains(id);
  }
}
