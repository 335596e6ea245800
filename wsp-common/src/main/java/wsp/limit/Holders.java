package wsp.limit;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Who gives way where something shared is short: the one who holds most of it. Stateless. */
public final class Holders {
  /** Nearly all that comes is gone by then. */
  private static final long MOMENT_NANOS = 1_000_000_000L;

  private Holders() {}

  /**
   * The thing that has to go: of the holder whose things take most together, the first by that
   * order, or else the first that was given; at first of those that have been there for more than a
   * moment, so that nobody pushes out what comes.
   *
   * @param nanos for how long each has been there
   * @return null if no size is above 0
   */
  public static <T> @Nullable T surplus(
      Collection<T> all,
      ToLongFunction<T> nanos,
      Function<T, ?> holder,
      ToLongFunction<T> size,
      Comparator<T> order) {
    Collection<T> slow = all.stream().filter(t -> nanos.applyAsLong(t) > MOMENT_NANOS).toList();
    T first = firstOfMost(slow, holder, size, order);
    return first != null ? first : firstOfMost(all, holder, size, order);
  }

  private static <T> @Nullable T firstOfMost(
      Collection<T> things, Function<T, ?> holder, ToLongFunction<T> size, Comparator<T> order) {
    Collection<T> some = things.stream().filter(t -> size.applyAsLong(t) > 0).toList();
    Map<Object, Long> held = new HashMap<>();
    for (T each : some) held.merge(holder.apply(each), size.applyAsLong(each), Long::sum);
    if (held.isEmpty()) return null;
    Object most = Collections.max(held.entrySet(), Map.Entry.comparingByValue()).getKey();
    return Collections.min(some.stream().filter(t -> holder.apply(t).equals(most)).toList(), order);
  }
}
