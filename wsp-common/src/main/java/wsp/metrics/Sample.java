package wsp.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A number with the values of its labels.
 *
 * @param labels in the order of their names
 */
public record Sample(List<String> labels, long value) {
  /** The first label of all that are not told one by one. */
  public static final String OTHER = "other";

  private static final int MAX_CHARS = 200;

  public static Sample of(long value, String... labels) {
    return new Sample(List.of(labels), value);
  }

  /**
   * The same numbers with a bound on how many values the first label has: the first so many of
   * them, sorted, keep their names, and the rest are summed up as {@value #OTHER}. So are samples
   * that have all labels in common.
   */
  static List<Sample> bounded(int names, List<Sample> samples) {
    SortedSet<String> all = new TreeSet<>();
    for (Sample s : samples) all.add(first(s));
    Set<String> kept = all.stream().limit(names).collect(Collectors.toSet());
    // In the order of what was given, which is the same at every scrape.
    Map<String, Map<List<String>, Long>> sums = new TreeMap<>();
    for (Sample s : samples) {
      List<String> labels = new ArrayList<>(s.labels);
      String name = first(s);
      labels.set(0, kept.contains(name) ? name : OTHER);
      sums.computeIfAbsent(labels.get(0), n -> new LinkedHashMap<>())
          .merge(labels, s.value, Long::sum);
    }
    List<Sample> out = new ArrayList<>();
    for (Map<List<String>, Long> of : sums.values())
      of.forEach((l, n) -> out.add(new Sample(l, n)));
    return out;
  }

  private static String first(Sample s) {
    String name = s.labels.get(0);
    return name.length() <= MAX_CHARS ? name : name.substring(0, MAX_CHARS);
  }
}
