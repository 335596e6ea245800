package wsp.process;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Things that wait, of several owners, who take turns: each gets one of its own on before any gets
 * the next, however many others have. An owner's own keep their order. For one thread at a time.
 */
final class Turns<T> {
  private final int mostOfOne;

  /** The one whose turn it is first. */
  private final Map<Object, Set<T>> byOwner = new LinkedHashMap<>();

  /** Whose each is, in the order in which they came. */
  private final Map<T, Object> owners = new LinkedHashMap<>();

  Turns(int mostOfOne) {
    this.mostOfOne = mostOfOne;
  }

  boolean isEmpty() {
    return owners.isEmpty();
  }

  /** One more waits; false if as many of its owner do already. */
  boolean add(Object owner, T thing) {
    Set<T> own = byOwner.computeIfAbsent(owner, o -> new LinkedHashSet<>());
    if (own.size() >= mostOfOne) return false;
    own.add(thing);
    owners.put(thing, owner);
    return true;
  }

  /** The one that has waited longest, of all owners; it waits on. */
  @Nullable T eldest() {
    Iterator<T> all = owners.keySet().iterator();
    return all.hasNext() ? all.next() : null;
  }

  /** The one whose turn it is, which waits no longer. */
  @Nullable T next() {
    Iterator<Map.Entry<Object, Set<T>>> all = byOwner.entrySet().iterator();
    if (!all.hasNext()) return null;
    Map.Entry<Object, Set<T>> turn = all.next();
    Object owner = turn.getKey();
    Set<T> own = turn.getValue();
    T first = own.iterator().next();
    all.remove();
    own.remove(first);
    if (!own.isEmpty()) byOwner.put(owner, own);
    owners.remove(first);
    return first;
  }

  void remove(T thing) {
    Object owner = owners.remove(thing);
    Set<T> own = owner == null ? null : byOwner.get(owner);
    if (own == null) return;
    own.remove(thing);
    if (own.isEmpty()) byOwner.remove(owner);
  }
}
