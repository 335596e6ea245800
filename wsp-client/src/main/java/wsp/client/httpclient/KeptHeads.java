package wsp.client.httpclient;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wsp.limit.Holders;

/**
 * The heads of answers that {@code HttpClient} keeps for as long as their bodies run, and how much
 * memory they take together. Where there is no room for one, the largest of the origin whose heads
 * take most goes, at first of those that came more than a moment ago: under however many names, one
 * machine does not push out those that come. Safe for all threads.
 */
final class KeptHeads {
  /** Shorter ones are not counted: nearly all are, and a request takes as much. */
  static final int UNCOUNTED = 16 * 1024;

  /**
   * One of them, equal to itself alone; {@code giveWay} ends its answer.
   *
   * @param from the host of its origin, which may have as many ports as it likes
   * @param since nanoTime
   */
  record Kept(String from, long bytes, long since, Runnable giveWay) {
    @Override
    public boolean equals(@Nullable Object o) {
      return o == this;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  private static final long MOMENT_NANOS = 1_000_000_000L;

  private final long limit;
  private final Set<Kept> all = new LinkedHashSet<>();
  private long used;

  KeptHeads(long limit) {
    this.limit = limit;
  }

  /** From now on this one is kept; false if it has to go itself, and is not. */
  boolean keeps(Kept one) {
    boolean stays = true;
    add(one);
    for (Kept gone; (gone = surplus(one.since)) != null; ) {
      if (gone.equals(one)) stays = false;
      else gone.giveWay.run();
    }
    return stays;
  }

  private synchronized void add(Kept one) {
    all.add(one);
    used += one.bytes;
  }

  synchronized void over(Kept one) {
    if (all.remove(one)) used -= one.bytes;
  }

  synchronized long used() {
    return used;
  }

  /** The one to go, which is out then; null if there is room. */
  private synchronized @Nullable Kept surplus(long now) {
    if (used <= limit) return null;
    Kept first = largestOfMost(all.stream().filter(k -> now - k.since > MOMENT_NANOS).toList());
    if (first == null) first = largestOfMost(all);
    if (first != null) over(first);
    return first;
  }

  private static @Nullable Kept largestOfMost(Collection<Kept> heads) {
    String most = Holders.most(heads, Kept::from, Kept::bytes);
    Kept largest = null;
    for (Kept each : heads)
      if (each.from.equals(most) && (largest == null || each.bytes > largest.bytes)) largest = each;
    return largest;
  }
}
