package wsp.bench.report;

import java.util.List;

/** The plot of version 1 of the wire beside version 2, where the server is far away. */
public final class FarPlot {
  /** Table of rates. */
  public static final String DOWNLOADS = "downloads over 50 ms";

  /** Table of times. */
  public static final String SMALL = "small requests beside 4 downloads";

  // Their rows.
  public static final String ONE = "one";
  public static final String SEVERAL = "four at once";
  public static final String SLOW = "one, 100 Mbit/s";
  public static final String NEAR = "on the spot";
  public static final String FAR = "over 50 ms";

  private static final int WIDTH = 860;
  private static final double LEFT = 80;
  private static final double RIGHT = WIDTH - 30.0;
  private static final double PANEL = 240;
  private static final double FIRST = 90;
  private static final double SECOND = 460;
  private static final int HEIGHT = 790;
  private static final double BAR = 48;
  private static final String[] COLORS = {"#2f6f9f", "#e09f3e"};

  private final Svg svg = new Svg(WIDTH, HEIGHT);
  private final Figures figures;

  private FarPlot(Figures figures) {
    this.figures = figures;
  }

  /** The column of a version. */
  public static String metric(String unit, int wire) {
    return unit + ", version " + wire;
  }

  /** An SVG document; a part that was not run leaves its panel empty. */
  public static String of(String title, Figures figures) {
    FarPlot plot = new FarPlot(figures);
    plot.svg.text(20, 24, "start", title);
    plot.panel(FIRST, "Downloads over a link of 50 ms, there and back", DOWNLOADS, "MiB/s");
    plot.panel(SECOND, "The slowest hundredth of small requests beside them", SMALL, "p99 ms");
    return plot.svg.toString();
  }

  private void panel(double top, String title, String section, String unit) {
    double bottom = top + PANEL;
    svg.title(LEFT, top - 32, title);
    List<List<Figure>> both =
        List.of(figures.of(section, metric(unit, 1)), figures.of(section, metric(unit, 2)));
    double greatest =
        both.stream().flatMap(List::stream).mapToDouble(Figure::value).max().orElse(0);
    Axis axis = new Axis(top, bottom, greatest * 1.05);
    axis.draw(svg, LEFT, RIGHT, unit);
    for (int wire = 0; wire < both.size(); wire++) {
      bars(axis, bottom, both.get(wire), wire);
      double x = LEFT + 110.0 * wire;
      svg.bar(x, bottom + 42, 12, 12, COLORS[wire]);
      svg.text(x + 18, bottom + 52, "start", "version " + (wire + 1));
    }
  }

  private void bars(Axis axis, double bottom, List<Figure> row, int wire) {
    double slot = (RIGHT - LEFT) / Math.max(1, row.size());
    for (int i = 0; i < row.size(); i++) {
      double middle = LEFT + slot * (i + 0.5);
      double x = middle + (wire == 0 ? -BAR - 2 : 2);
      double y = axis.y(row.get(i).value());
      svg.bar(x, y, BAR, bottom - y, COLORS[wire]);
      svg.text(x + BAR / 2, y - 6, "middle", TextTable.number(row.get(i).value()));
      if (wire == 0) svg.text(middle, bottom + 18, "middle", row.get(i).cell());
    }
  }
}
