package wsp.client.httpclient;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wsp.client.origin.Holders;

/**
 * The heads of answers that {@code HttpClient} keeps for as long as their bodies run, and how much
 * memory they take together. Where there is no room for one, the largest of the origin that is most
 * to blame goes ({@link Holders}). Safe for all threads.
 */
final class KeptHeads {
  /** Shorter ones are not counted: nearly all are, and a request takes as much. */
  static final int UNCOUNTED = 16 * 1024;

  /**
   * One of them.
   *
   * @param host the host of its origin, which may have as many ports as it likes
   * @param since nanoTime
   * @param giveWay ends its answer; another one for each
   */
  record Kept(String host, long bytes, long since, Runnable giveWay) implements Holders.Head {
    /**
     * By the square of its bytes: a caller may name origins of as many owners as it likes, but
     * requests that it has under way are few. So it holds much by large heads alone, and those are
     * to blame before the ordinary ones of an owner that has many.
     */
    @Override
    public double weight(long now) {
      return (double) bytes * bytes * millis(now, LEAST_MILLIS);
    }
  }

  /** A body may run for long, which is no fault: time matters less than for a head that comes. */
  private static final long LEAST_MILLIS = 500;

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
    Comparator<Kept> largest = Comparator.comparingLong(k -> -k.bytes);
    Kept first = Holders.surplus(all, now, largest);
    if (first != null) over(first);
    return first;
  }
}
