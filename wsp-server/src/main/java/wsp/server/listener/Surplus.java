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
import java.util.function.ToLongFunction;

/**
 * Who makes room where {@link CallerMemory} is short: one after the other, each time of the {@link
 * CallerMemory.Standing} that holds most, there of the address that holds most, by bytes times a
 * time of two seconds at the most, and there whoever weighs most by bytes times the whole time. So
 * one standing, or one address, cannot push out those that hold less than it does, whichever times
 * its connections have. For one thread, once.
 */
final class Surplus {
  /** One that has just come weighs this time what it holds: renewing gains nothing. */
  private static final long LEAST_MILLIS = 100;

  /** More makes no difference between addresses: one that is slow may be so for hours. */
  private static final long MOST_MILLIS = 2_000;

  private record One(CallerMemory.Holder holder, long held, long millis) {
    long ofAddress() {
      return held * Math.max(LEAST_MILLIS, Math.min(MOST_MILLIS, millis));
    }

    long alone() {
      return held * (1 + millis);
    }
  }

  private static final class Address {
    final Queue<One> all = heaviestFirst(One::alone);
    long weight;

    One take() {
      One first = all.remove();
      weight -= first.ofAddress();
      return first;
    }
  }

  private static final class Group {
    final Map<Object, Address> addresses = new HashMap<>();
    final Queue<Address> order = heaviestFirst(a -> a.weight);
    long held;

    void add(One one) {
      Address a = addresses.computeIfAbsent(one.holder.address(), key -> new Address());
      a.all.add(one);
      a.weight += one.ofAddress();
      held += one.held;
    }

    One take() {
      Address most = order.remove();
      One first = most.take();
      held -= first.held;
      if (!most.all.isEmpty()) order.add(most);
      return first;
    }
  }

  /** What is to go, and what is on its way already. */
  private long left;

  private final Map<CallerMemory.Standing, Group> groups =
      new EnumMap<>(CallerMemory.Standing.class);

  Surplus(Iterable<? extends CallerMemory.Holder> holders, long bytes, long now) {
    left = bytes;
    for (CallerMemory.Holder h : holders) {
      if (h.going()) left -= h.held();
      else add(h, now);
    }
  }

  private void add(CallerMemory.Holder h, long now) {
    long waited = h.waited(now);
    long held = waited > 0 ? h.held() : 0;
    if (held > 0)
      groups
          .computeIfAbsent(h.standing(), s -> new Group())
          .add(new One(h, held, TimeUnit.NANOSECONDS.toMillis(waited)));
  }

  /** As many as hold so much, if there are. */
  List<CallerMemory.Holder> take() {
    Queue<Group> order = heaviestFirst(c -> c.held);
    for (Group c : groups.values()) {
      c.order.addAll(c.addresses.values());
      order.add(c);
    }
    List<CallerMemory.Holder> taken = new ArrayList<>();
    while (left > 0 && !order.isEmpty()) {
      Group most = order.remove();
      One first = most.take();
      taken.add(first.holder);
      left -= first.held;
      if (!most.order.isEmpty()) order.add(most);
    }
    return taken;
  }

  /** True if that was not enough. */
  boolean remains() {
    return left > 0;
  }

  private static <T> Queue<T> heaviestFirst(ToLongFunction<T> weight) {
    return new PriorityQueue<>(Comparator.comparingLong(weight).reversed());
  }
}
