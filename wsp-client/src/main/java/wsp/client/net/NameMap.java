package wsp.client.net;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of names, of so many at most. Beyond them, the zone that has most of them, and
 * of several the one that was used longest ago, forgets the name that was asked for longest ago: a
 * zone may have as many names as its owner likes, and pushes out its own. Not for several threads.
 */
public final class NameMap<V> {
  private static final float LOAD = 0.75f;

  private final int most;
  private final Map<String, Map<String, V>> zones = new LinkedHashMap<>(16, LOAD, true);
  private int size;

  public NameMap(int most) {
    this.most = most;
  }

  /**
   * The zone of a name, as far as a name tells that: its last two labels. One owner has all below,
   * or a registry has, and then some owners share a fate.
   */
  public static String zone(String name) {
    int end = name.endsWith(".") ? name.length() - 1 : name.length();
    int last = name.lastIndexOf('.', end - 1);
    return name.substring(last < 0 ? 0 : name.lastIndexOf('.', last - 1) + 1, end);
  }

  /** What is remembered of a name; null for nothing. */
  public @Nullable V get(String name) {
    Map<String, V> zone = zones.get(zone(name));
    return zone == null ? null : zone.get(name);
  }

  public void put(String name, V what) {
    Map<String, V> zone =
        zones.computeIfAbsent(zone(name), z -> new LinkedHashMap<>(1, LOAD, true));
    if (zone.put(name, what) == null && ++size > most) forget();
  }

  /** Nothing is remembered of it any more; returns what was. */
  public @Nullable V remove(String name) {
    String of = zone(name);
    Map<String, V> zone = zones.get(of);
    V last = zone == null ? null : zone.remove(name);
    if (last == null || zone == null) return null;
    size--;
    if (zone.isEmpty()) zones.remove(of);
    return last;
  }

  /** Nothing is remembered of any name of the zone any more. */
  void removeZone(String zone) {
    Map<String, V> last = zones.remove(zone);
    if (last != null) size -= last.size();
  }

  private void forget() {
    Map<String, V> largest = Map.of();
    for (Map<String, V> zone : zones.values()) if (zone.size() > largest.size()) largest = zone;
    Iterator<String> names = largest.keySet().iterator();
    var unused = remove(names.next());
  }
}
