package wsp.metrics;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Numbers of things that have names, each under its name as the first label. Names are the choice
 * of others: no more than {@value #MOST} are told one by one, and the rest is summed up.
 *
 * @param metrics that the numbers are added to
 * @param label what the names are called
 * @param rows the things that there are at a scrape
 * @param name of each
 */
public record Rows<T>(
    Metrics metrics, String label, Supplier<List<T>> rows, Function<T, String> name) {
  public static final int MOST = 100;

  /** A number that goes up and down. */
  public void gauge(String metric, String help, ToLongFunction<T> value) {
    metrics.gauges(metric, help, List.of(label), () -> samples(r -> Stream.of(one(r, value))));
  }

  /** A number that only goes up; its name ends in {@code _total}. */
  public void counter(String metric, String help, ToLongFunction<T> value) {
    metrics.counters(metric, help, List.of(label), () -> samples(r -> Stream.of(one(r, value))));
  }

  /** Several that go up and down, told apart by a second label, by whose values they are given. */
  public void gauges(
      String metric, String help, String second, Map<String, ToLongFunction<T>> values) {
    // In an order that stays when the daemon is started again.
    var all = new TreeMap<>(values).entrySet();
    metrics.gauges(
        metric,
        help,
        List.of(label, second),
        () -> samples(r -> all.stream().map(v -> one(r, v.getValue(), v.getKey()))));
  }

  private Sample one(T row, ToLongFunction<T> value, String... more) {
    String[] labels =
        Stream.concat(Stream.of(name.apply(row)), Stream.of(more)).toArray(String[]::new);
    return Sample.of(value.applyAsLong(row), labels);
  }

  private List<Sample> samples(Function<T, Stream<Sample>> of) {
    return Sample.bounded(MOST, rows.get().stream().flatMap(of).toList());
  }
}
