package wsp.bench.report;

import java.util.stream.Collectors;

/** Figures as a file for other programs: one line each, as exact as they were measured. */
public final class Csv {
  private Csv() {}

  /** All figures, with a line of names. */
  public static String of(Figures figures) {
    return figures.all().stream()
        .map(Csv::line)
        .collect(Collectors.joining("", "section,cell,metric,value,low,high\n", ""));
  }

  private static String line(Figure f) {
    return quoted(f.section())
        + quoted(f.cell())
        + quoted(f.metric())
        + (f.value() + "," + f.low() + "," + f.high() + "\n");
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + "\",";
  }
}
