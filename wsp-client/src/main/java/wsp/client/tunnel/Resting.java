package wsp.client.tunnel;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The exchanges that are answered, and whose origin still takes the rest of the request. Their
 * server counts them no more, so nobody but this side bounds how many a caller has: beyond a
 * number, or a size of all together, the eldest are broken off, which has had its answer. Safe for
 * all threads.
 */
public final class Resting<T> {
  private final int most;
  private final long limit;
  private final Map<T, Long> all = new LinkedHashMap<>();
  private long held;

  /**
   * @param most of them; one may rest in any case
   * @param bytes that they may hold together
   */
  public Resting(int most, long bytes) {
    this.most = most;
    this.limit = bytes;
  }

  /**
   * One more rests, until {@link #over}.
   *
   * @return those to be broken off, outside all locks; they are not counted any more
   */
  public synchronized List<T> add(T one, long bytes) {
    Long before = all.put(one, bytes);
    held += bytes - (before == null ? 0 : before);
    List<T> surplus = new ArrayList<>(0);
    Iterator<Map.Entry<T, Long>> eldest = all.entrySet().iterator();
    while (all.size() > 1 && (all.size() > most || held > limit)) {
      Map.Entry<T, Long> gone = eldest.next();
      surplus.add(gone.getKey());
      held -= gone.getValue();
      eldest.remove();
    }
    return surplus;
  }

  /** It rests no longer, if it did. */
  public synchronized void over(T one) {
    Long bytes = all.remove(one);
    if (bytes != null) held -= bytes;
  }

  public synchronized boolean isEmpty() {
    return all.isEmpty();
  }

  public synchronized List<T> all() {
    return List.copyOf(all.keySet());
  }
}
