package wsp.server.listener;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import wsp.server.listener.CallerMemory.Holder;
import wsp.server.listener.CallerMemory.Standing;

/**
 * Who makes room where {@link CallerMemory} is short: first strangers who have not asked in full,
 * then all others; each time one of the {@link CallerMemory.Owner} whose connections weigh most
 * there, whatever they do, the one that is large for longest. So whoever holds little stays as long
 * as somebody holds more. Addresses may cost nothing, so that strangers are as many owners as they
 * like, and each holds next to nothing: so they are not compared with those who have asked, and
 * nobody goes of a {@link Standing} that holds no more than its part. For one thread, once.
 */
final class Surplus {
  /** One weighs as if it were so much elder: renewing gains little. */
  private static final long MORE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Who has not asked after so long is no newcomer any more. */
  private static final long MOST_MILLIS = 1000;

  /** So many times what a key or a client holds weighs what a stranger does that has asked. */
  private static final int UNKNOWN = 4;

  private record One(Holder holder, Standing standing, long held, long nanos) {
    /** For its owner, compared with that of the same or of any but {@link Standing#NOBODY}. */
    long blame() {
      return switch (standing) {
        // Who is about to ask is less to blame than who lets the server wait.
        case NOBODY ->
            held * Math.min(TimeUnit.NANOSECONDS.toMillis(MORE_NANOS + nanos), MOST_MILLIS);
        case ASKED -> held * UNKNOWN;
        case KEYED, LINK -> held;
      };
    }

    /** Among those of its owner: by the square, as few large ones make room like many small. */
    double weight() {
      return (double) held * held * (MORE_NANOS + nanos);
    }
  }

  private static final class Owned {
    static final Comparator<Owned> HEAVIEST_FIRST =
        Comparator.<Owned>comparingLong(o -> o.blame)
            .thenComparingDouble(o -> o.all.element().weight())
            .reversed();

    final Queue<One> all = new PriorityQueue<>(Comparator.comparingDouble(One::weight).reversed());
    long blame;
  }

  /** Those who have not asked in full. */
  private final Map<CallerMemory.Owner, Owned> asking = new HashMap<>();

  private final Map<CallerMemory.Owner, Owned> others = new HashMap<>();

  /** What those of each standing hold beyond its part. */
  private final Map<Standing, Long> beyond = new EnumMap<>(Standing.class);

  /** So much less is to go of the others: as much as {@link Standing#NOBODY} keeps. */
  private final long spared;

  /**
   * What is to go until a quarter is free, of what is here now: others may have gone since it was
   * found that there is too much, or be on their way.
   */
  private long left;

  private boolean someGo;

  private final List<Holder> taken = new ArrayList<>();

  /**
   * @param memory how much there is
   */
  Surplus(Iterable<? extends Holder> holders, long memory, long now) {
    left = -memory / 4 * 3;
    spared = memory / Standing.NOBODY.part;
    for (Standing s : Standing.values()) beyond.put(s, -memory / s.part);
    for (Holder h : holders) {
      long held = h.held();
      if (h.going()) someGo = true;
      else if (held > 0) add(new One(h, h.standing(), held, h.waited(now)));
    }
  }

  private void add(One one) {
    Map<CallerMemory.Owner, Owned> owners = one.standing == Standing.NOBODY ? asking : others;
    Owned its = owners.computeIfAbsent(one.holder.owner(), o -> new Owned());
    its.all.add(one);
    its.blame += one.blame();
    left += one.held;
    beyond.merge(one.standing, one.held, Long::sum);
  }

  /** As many as hold what is to go, if there are. Once. */
  List<Holder> take() {
    take(asking);
    left -= spared;
    take(others);
    return taken;
  }

  private void take(Map<CallerMemory.Owner, Owned> owners) {
    Queue<Owned> order = new PriorityQueue<>(Owned.HEAVIEST_FIRST);
    order.addAll(owners.values());
    while (left > 0 && !order.isEmpty()) {
      Owned most = order.remove();
      One first = most.all.remove();
      if (beyond.getOrDefault(first.standing, 0L) > 0) {
        taken.add(first.holder);
        most.blame -= first.blame();
        beyond.merge(first.standing, -first.held, Long::sum);
        left -= first.held;
      }
      if (!most.all.isEmpty()) order.add(most);
    }
  }

  /** True if there is nobody who goes, be it that they are on their way. */
  boolean isInVain() {
    return taken.isEmpty() && !someGo;
  }
}
