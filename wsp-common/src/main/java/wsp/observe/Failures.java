package wsp.observe;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import wsp.limit.LogLimit;

/**
 * How often each failure of a table has occurred since the start. Counting costs next to nothing;
 * safe for all threads.
 *
 * @param <E> the table
 */
public final class Failures<E extends Enum<E>> {
  private final Map<E, LongAdder> counts;
  private final LogLimit limit = new LogLimit(Duration.ofMinutes(1));

  @GuardedBy("limit")
  private String told = "";

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

  /** Tells the log of them when that has changed, at most once a minute; nanoTime. */
  public void tick(Consumer<String> log, long now) {
    String text = text();
    synchronized (limit) {
      if (text.equals(told) || !limit.allows(now)) return;
      told = text;
    }
    log.accept(text);
  }

  /** The last word, if there has been any failure. */
  public void stop(Consumer<String> log) {
    String text = text();
    if (!text.isEmpty()) log.accept(text);
  }
}
