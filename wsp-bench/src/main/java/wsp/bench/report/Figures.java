package wsp.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Everything that a run measured, in its order. For one thread. */
public final class Figures {
  private final List<Figure> all = new ArrayList<>();

  /** A figure of several rounds: their median, with the least and the greatest. */
  public void add(String section, String cell, String metric, List<Double> rounds) {
    List<Double> sorted = rounds.stream().sorted().toList();
    int n = sorted.size();
    double median = (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
    all.add(new Figure(section, cell, metric, median, sorted.get(0), sorted.get(n - 1)));
  }

  /** A figure that was measured once. */
  public void add(String section, String cell, String metric, double value) {
    all.add(new Figure(section, cell, metric, value, value, value));
  }

  /** A number of things that were counted. */
  public void count(String section, String cell, String metric, long number) {
    add(section, cell, metric, (double) number);
  }

  /** A figure with its error. */
  public void add(String section, String cell, String metric, double value, double error) {
    all.add(new Figure(section, cell, metric, value, value - error, value + error));
  }

  /** All of them. */
  public List<Figure> all() {
    return List.copyOf(all);
  }

  /** Those of one column of one table, in order. */
  public List<Figure> of(String section, String metric) {
    return in(section).filter(f -> f.metric().equals(metric)).toList();
  }

  /** Those of one table, in order. */
  public Stream<Figure> in(String section) {
    return all.stream().filter(f -> f.section().equals(section));
  }

  /** The tables, in order. */
  public List<String> sections() {
    return all.stream().map(Figure::section).distinct().toList();
  }
}
