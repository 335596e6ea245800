package wsp.server.pool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The clients that are expected back, each until an instant. Ids cost a client nothing, so there is
 * an end to their number. Beyond it the key and address go short that have most of them, and of
 * their clients the one that was here for the shortest time: a program that registers under a
 * thousand ids pushes its own out. Guarded by the lock of {@link ClientPools}.
 */
final class ExpectedClients {
  static final int MOST = 1000;

  /** In nanoTime; in the order in which they left. */
  private final Map<ClientPool, Long> until = new LinkedHashMap<>();

  /** How many of them each has. */
  private final Map<Parties.Holder, Integer> held = new HashMap<>();

  /**
   * One more is expected from now on.
   *
   * @return one that is not, any more, for there would be too many; null: none
   */
  @Nullable ClientPool add(ClientPool pool, long deadline) {
    if (until.put(pool, deadline) == null) held.merge(pool.holder(), 1, Integer::sum);
    return until.size() > MOST ? least() : null;
  }

  /** It is expected no more; true if it was. */
  boolean remove(ClientPool pool) {
    if (until.remove(pool) == null) return false;
    held.computeIfPresent(pool.holder(), (holder, n) -> n == 1 ? null : n - 1);
    return true;
  }

  private @Nullable ClientPool least() {
    ClientPool least = null;
    int most = 0;
    for (ClientPool pool : until.keySet()) {
      int share = held.getOrDefault(pool.holder(), 0);
      if (least != null && (share < most || (share == most && pool.stayed() >= least.stayed())))
        continue;
      least = pool;
      most = share;
    }
    return least;
  }

  /** Those whose time is over. */
  List<ClientPool> over(long now) {
    List<ClientPool> over = new ArrayList<>();
    for (Map.Entry<ClientPool, Long> e : until.entrySet())
      if (e.getValue() - now <= 0) over.add(e.getKey());
    return over;
  }

  List<ClientPool> all() {
    return List.copyOf(until.keySet());
  }
}
