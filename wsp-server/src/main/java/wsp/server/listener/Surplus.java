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
 * Who makes room where {@link CallerMemory} is short: one after the other, each time of the {@link
 * CallerMemory.Owner} whose connections weigh most, whatever they do, the one that is large for
 * longest. So whoever holds little stays as long as somebody holds more. Owners may be many, where
 * addresses cost nothing: so nobody goes of a {@link Standing} that holds no more than its part.
 * For one thread, once.
 */
final class Surplus {
  /** One weighs as if it were so much elder: renewing gains little. */
  private static final long MORE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private record One(Holder holder, Standing standing, long held, long nanos) {
    /** For its owner. */
    long blame() {
      return held * standing.factor;
    }

    /** Among those of its owner: by the square, as few large ones make room like many small. */
    double weight() {
      return (double) blame() * blame() * (MORE_NANOS + nanos);
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

  private final Map<CallerMemory.Owner, Owned> owners = new HashMap<>();

  /** What those of each standing hold beyond its part. */
  private final Map<Standing, Long> beyond = new EnumMap<>(Standing.class);

  /** So much less is to go of those who have asked: as much as {@link Standing#NOBODY} keeps. */
  private final long spared;

  /** What is to go until a quarter is free, and is not on its way already. */
  private long left;

  /**
   * @param memory how much there is
   * @param used how much is held
   */
  Surplus(Iterable<? extends Holder> holders, long memory, long used, long now) {
    left = used - memory / 4 * 3;
    spared = memory / Standing.NOBODY.part;
    for (Standing s : Standing.values()) beyond.put(s, -memory / s.part);
    for (Holder h : holders) {
      long held = h.held();
      if (h.going()) left -= held;
      else if (held > 0) add(new One(h, h.standing(), held, h.waited(now)));
    }
  }

  private void add(One one) {
    Owned its = owners.computeIfAbsent(one.holder.owner(), o -> new Owned());
    its.all.add(one);
    its.blame += one.blame();
    beyond.merge(one.standing, one.held, Long::sum);
  }

  private boolean goes(One one) {
    long needed = one.standing == Standing.NOBODY ? left : left - spared;
    return needed > 0 && beyond.getOrDefault(one.standing, 0L) > 0;
  }

  /** As many as hold what is to go, if there are. */
  List<Holder> take() {
    Queue<Owned> order = new PriorityQueue<>(Owned.HEAVIEST_FIRST);
    order.addAll(owners.values());
    List<Holder> taken = new ArrayList<>();
    while (left > 0 && !order.isEmpty()) {
      Owned most = order.remove();
      One first = most.all.remove();
      if (goes(first)) {
        taken.add(first.holder);
        most.blame -= first.blame();
        beyond.merge(first.standing, -first.held, Long::sum);
        left -= first.held;
      }
      if (!most.all.isEmpty()) order.add(most);
    }
    return taken;
  }

  /** True if that was not enough. */
  boolean remains() {
    return left > spared;
  }
}
