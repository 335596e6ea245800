package wsp.observe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * How often each failure of a table has occurred since the start. Counting costs next to nothing;
 * safe for all threads.
 *
 * @param <E> the table
 */
public final class Failures<E extends Enum<E>> {
  private final Map<E, LongAdder> counts;

  public Failures(Class<E> table) {
    counts = new EnumMap<>(table);
    for (E failure : table.getEnumConstants()) counts.put(failure, new LongAdder());
  }

  public void count(E failure) {
    LongAdder counter = counts.get(failure);
    if (counter != null) counter.increment();
  }

  public long of(E failure) {
    LongAdder counter = counts.get(failure);
    return counter == null ? 0 : counter.sum();
  }

  /** For a log line: those that have occurred, the most frequent first; empty if none has. */
  public String text() {
    record Count(String name, long n) {}
    List<Count> all = new ArrayList<>();
    counts.forEach((failure, n) -> all.add(new Count(failure.name(), n.sum())));
    return all.stream()
        .filter(c -> c.n() > 0)
        .sorted(Comparator.comparingLong(Count::n).reversed())
        .map(c -> c.n() + " " + c.name())
        .collect(Collectors.joining(", "));
  }
}
