package wsp.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Figures as Markdown tables: one for each section, a row for each cell, a column for each metric.
 */
public final class TextTable {
  private TextTable() {}

  /** All tables, one below the other. */
  public static String of(Figures figures) {
    StringBuilder out = new StringBuilder();
    for (String section : figures.sections()) {
      List<Figure> all = figures.in(section).toList();
      out.append('\n').append(table(rows(section, all)));
    }
    return out.toString();
  }

  private static List<List<String>> rows(String section, List<Figure> figures) {
    List<String> metrics = figures.stream().map(Figure::metric).distinct().toList();
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of(section));
    head.addAll(metrics);
    rows.add(head);
    for (String cell : figures.stream().map(Figure::cell).distinct().toList()) {
      List<String> row = new ArrayList<>(List.of(cell));
      for (String metric : metrics) {
        row.add(
            figures.stream()
                .filter(f -> f.cell().equals(cell) && f.metric().equals(metric))
                .map(TextTable::text)
                .findFirst()
                .orElse(""));
      }
      rows.add(row);
    }
    return rows;
  }

  private static String text(Figure figure) {
    String value = number(figure.value());
    return figure.low() == figure.high()
        ? value
        : value + " (" + number(figure.low()) + "–" + number(figure.high()) + ")";
  }

  /** Three digits or so. */
  static String number(double value) {
    double size = Math.abs(value);
    if (size == 0) return "0";
    int digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  private static String table(List<List<String>> rows) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) widths[i] = Math.max(widths[i], row.get(i).length());
    }
    StringBuilder out = new StringBuilder();
    for (int r = 0; r < rows.size(); r++) {
      for (int i = 0; i < columns; i++) out.append("| ").append(cell(rows.get(r), i, widths));
      out.append("|\n");
      if (r == 0) {
        for (int i = 0; i < columns; i++)
          out.append('|').append("-".repeat(widths[i] + 1)).append(i == 0 ? '-' : ':');
        out.append("|\n");
      }
    }
    return out.toString();
  }

  /** The first column to the left, figures to the right. */
  private static String cell(List<String> row, int column, int[] widths) {
    String space = " ".repeat(widths[column] - row.get(column).length());
    return (column == 0 ? row.get(0) + space : space + row.get(column)) + " ";
  }
}
