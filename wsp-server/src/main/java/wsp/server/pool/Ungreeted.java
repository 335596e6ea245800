package wsp.server.pool;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The connections that have not greeted. Safe for all threads. */
final class Ungreeted {
  private final Set<PooledConnection> all = ConcurrentHashMap.newKeySet();

  void add(PooledConnection c) {
    all.add(c);
  }

  /** False if it was none of them. */
  boolean remove(PooledConnection c) {
    return all.remove(c);
  }

  int size() {
    return all.size();
  }

  Iterable<PooledConnection> all() {
    return all;
  }

  /** The eldest one of the party that has most; null if none has several. */
  @Nullable PooledConnection surplus() {
    Map<Parties.Holder, Integer> counts = new HashMap<>();
    Map<Parties.Holder, PooledConnection> eldest = new HashMap<>();
    for (PooledConnection c : all) {
      Parties.Holder party = c.holder().party();
      counts.merge(party, 1, Integer::sum);
      eldest.merge(party, c, (a, b) -> a.openedAt - b.openedAt <= 0 ? a : b);
    }
    Parties.Holder largest = null;
    int most = 1;
    for (Map.Entry<Parties.Holder, Integer> e : counts.entrySet()) {
      if (e.getValue() <= most) continue;
      most = e.getValue();
      largest = e.getKey();
    }
    return largest == null ? null : eldest.get(largest);
  }
}
