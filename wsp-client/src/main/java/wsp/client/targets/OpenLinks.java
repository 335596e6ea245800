package wsp.client.targets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import wsp.client.tunnel.ClientLink;

/** The open links of a pool, and what they carry. Guarded by the lock of its pool. */
final class OpenLinks {
  private static final class Load {
    final int capacity;
    int exchanges;
    boolean draining;

    /** Ticks without an exchange. */
    int quiet;

    Load(int capacity) {
      this.capacity = capacity;
    }
  }

  /** A link that was one too many for so many ticks is closed. */
  static final int QUIET_TICKS = 60;

  private final Map<ClientLink, Load> loads = new LinkedHashMap<>();
  private int exchanges;
  private int busy;

  /** The fewest exchanges that there were since {@link #lasting} was asked. */
  private int fewest;

  // Of those that take new exchanges.
  private int taking;
  private int full;
  private int room;

  void add(ClientLink link) {
    Load load = new Load(link.capacity());
    loads.put(link, load);
    taking++;
    room += load.capacity;
  }

  /** It is over; false if it was already. */
  boolean remove(ClientLink link) {
    Load load = loads.get(link);
    if (load == null) return false;
    leave(load);
    if (load.exchanges > 0) busy--;
    fewer(load.exchanges);
    loads.remove(link);
    return true;
  }

  void draining(ClientLink link) {
    Load load = loads.get(link);
    if (load != null) leave(load);
  }

  private void leave(Load load) {
    if (load.draining) return;
    load.draining = true;
    taking--;
    room -= load.capacity;
    if (load.exchanges >= load.capacity) full--;
  }

  /** One more exchange; false if the link is over. */
  boolean begun(ClientLink link) {
    Load load = loads.get(link);
    if (load == null) return false;
    if (++load.exchanges == 1) busy++;
    if (load.exchanges == load.capacity && !load.draining) full++;
    load.quiet = 0;
    exchanges++;
    return true;
  }

  void ended(ClientLink link) {
    Load load = loads.get(link);
    if (load == null || load.exchanges == 0) return;
    if (load.exchanges == load.capacity && !load.draining) full--;
    if (--load.exchanges == 0) busy--;
    fewer(1);
  }

  private void fewer(int by) {
    exchanges -= by;
    fewest = Math.min(fewest, exchanges);
  }

  /** How many exchanges there were all the time since this was asked before. */
  int lasting() {
    int n = fewest;
    fewest = exchanges;
    return n;
  }

  /**
   * One pass of maintenance: a link of version 2 that carried nothing for a while although there
   * are more than so many; null if there is none. It is taken for draining from now on.
   */
  @Nullable ClientLink surplus(int wanted) {
    ClientLink found = null;
    int shared = 0;
    for (Map.Entry<ClientLink, Load> e : loads.entrySet()) {
      Load load = e.getValue();
      if (e.getKey().wire() == 1 || load.draining) continue;
      shared++;
      if (load.exchanges == 0 && ++load.quiet > QUIET_TICKS) found = e.getKey();
    }
    if (found == null || shared <= wanted) return null;
    draining(found);
    return found;
  }

  /**
   * One that carries nothing, where more than so many are open; null if there is none. It is taken
   * for draining from now on.
   */
  @Nullable ClientLink beyond(int max) {
    return taking > max ? drained(load -> load.exchanges == 0) : null;
  }

  /**
   * One that its server may give more than so many exchanges, if another takes new ones meanwhile;
   * null if there is none. It is taken for draining from now on.
   */
  @Nullable ClientLink larger(int capacity) {
    return taking > 1 ? drained(load -> load.capacity > capacity) : null;
  }

  private @Nullable ClientLink drained(Predicate<Load> which) {
    for (Map.Entry<ClientLink, Load> e : loads.entrySet()) {
      if (e.getValue().draining || !which.test(e.getValue())) continue;
      leave(e.getValue());
      return e.getKey();
    }
    return null;
  }

  List<ClientLink> all() {
    return new ArrayList<>(loads.keySet());
  }

  int size() {
    return loads.size();
  }

  boolean isEmpty() {
    return loads.isEmpty();
  }

  int exchanges() {
    return exchanges;
  }

  int busy() {
    return busy;
  }

  int idle() {
    return loads.size() - busy;
  }

  /** How many take new exchanges, or would if they were not full. */
  int taking() {
    return taking;
  }

  /** How many of those carry as much as they can. */
  int full() {
    return full;
  }

  /** How many exchanges those can carry. */
  int room() {
    return room;
  }
}
