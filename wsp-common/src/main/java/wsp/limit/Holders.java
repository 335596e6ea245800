package wsp.limit;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Who gives way where something shared is short: the one who holds most of it. Stateless. */
public final class Holders {
  private Holders() {}

  /** The holder of most, all that each holds taken together; null if no size is above 0. */
  public static <T, K> @Nullable K most(
      Iterable<T> things, Function<T, K> holder, ToLongFunction<T> size) {
    Map<K, Long> held = new HashMap<>();
    for (T each : things) {
      long more = size.applyAsLong(each);
      if (more > 0) held.merge(holder.apply(each), more, Long::sum);
    }
    if (held.isEmpty()) return null;
    return Collections.max(held.entrySet(), Map.Entry.comparingByValue()).getKey();
  }
}
