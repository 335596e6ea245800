package wsp.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The plot: what a request costs by cell, and that cost against what should not matter. */
public final class Plot {
  private static final int WIDTH = 860;
  private static final double MARGIN = 20;
  private static final double LEFT = 80;
  private static final double RIGHT = WIDTH - 30.0;
  private static final double BARS_TOP = 90;
  private static final double BARS_BOTTOM = 330;
  private static final double CURVES_TOP = 460;
  private static final double CURVES_BOTTOM = 700;
  private static final int HEIGHT = 790;
  private static final double BAR = 56;
  private static final String SERVER = "#2f6f9f";
  private static final String CLIENT = "#e09f3e";
  private static final String SERVER_CPU = "server CPU s/10k";
  private static final String CLIENT_CPU = "client CPU s/10k";
  private static final String CPU_TITLE = "CPU seconds per 10,000 requests";

  /** A curve: its table, the column, what its legend says, its colour. */
  private record Curve(String section, String metric, String legend, String color) {}

  private static final List<Curve> CURVES =
      List.of(
          new Curve("idle connections", "CPU s/10k", "idle connections", "#2f6f9f"),
          new Curve("pools", SERVER_CPU, "pools (server alone)", "#7a5195"),
          new Curve("patterns per list", "CPU s/10k", "patterns per list", "#c8553d"),
          new Curve("waiting callers", "CPU s/10k", "waiting callers", "#4f8a5b"));

  private final Svg svg = new Svg(WIDTH, HEIGHT);
  private final Figures figures;

  private Plot(Figures figures) {
    this.figures = figures;
  }

  /** An SVG document; a part that was not run leaves its panel empty. */
  public static String of(String title, Figures figures) {
    Plot plot = new Plot(figures);
    plot.svg.text(MARGIN, 24, "start", title);
    plot.bars();
    plot.curves();
    return plot.svg.toString();
  }

  private void bars() {
    List<Figure> server = figures.of("requests", SERVER_CPU);
    List<Figure> client = figures.of("requests", CLIENT_CPU);
    svg.title(LEFT, BARS_TOP - 32, "What a request costs, without just-in-time compilation");
    double greatest =
        figures.of("requests", "CPU s/10k").stream().mapToDouble(Figure::value).max().orElse(0);
    // The halves' medians need not add up to the median of the whole.
    Axis axis = new Axis(BARS_TOP, BARS_BOTTOM, greatest * 1.05);
    axis.draw(svg, LEFT, RIGHT, CPU_TITLE);
    double slot = (RIGHT - LEFT) / Math.max(1, server.size());
    for (int i = 0; i < server.size(); i++) {
      double middle = LEFT + slot * (i + 0.5);
      bar(axis, middle, 0, server.get(i).value(), SERVER);
      double both = server.get(i).value() + client.get(i).value();
      bar(axis, middle, server.get(i).value(), both, CLIENT);
      svg.text(middle, axis.y(both) - 6, "middle", TextTable.number(both));
      svg.text(middle, BARS_BOTTOM + 18, "middle", server.get(i).cell());
    }
    svg.text((LEFT + RIGHT) / 2, BARS_BOTTOM + 40, "middle", "body, callers' connections");
    legend(LEFT, BARS_BOTTOM + 62, "server", SERVER);
    legend(LEFT + 110, BARS_BOTTOM + 62, "client", CLIENT);
  }

  private void bar(Axis axis, double middle, double from, double to, String color) {
    svg.bar(middle - BAR / 2, axis.y(to), BAR, axis.y(from) - axis.y(to), color);
  }

  private void curves() {
    svg.title(LEFT, CURVES_TOP - 32, "And against what should not matter (small, 10 connections)");
    List<Figure> all = new ArrayList<>();
    for (Curve curve : CURVES) all.addAll(figures.of(curve.section, curve.metric));
    Axis axis =
        new Axis(CURVES_TOP, CURVES_BOTTOM, all.stream().mapToDouble(Figure::high).max().orElse(0));
    axis.draw(svg, LEFT, RIGHT, CPU_TITLE);
    double decades = Math.max(1, all.stream().mapToDouble(Plot::decade).max().orElse(4));
    for (int d = 0; d <= decades; d++) {
      String count = String.format(Locale.ROOT, "%,d", (long) Math.pow(10, d));
      svg.text(x(d, decades), CURVES_BOTTOM + 18, "middle", count);
    }
    svg.text((LEFT + RIGHT) / 2, CURVES_BOTTOM + 40, "middle", "how many of them");
    for (int i = 0; i < CURVES.size(); i++) {
      curve(CURVES.get(i), axis, decades);
      legend(LEFT + 190.0 * i, CURVES_BOTTOM + 66, CURVES.get(i).legend, CURVES.get(i).color);
    }
  }

  private void curve(Curve curve, Axis axis, double decades) {
    StringBuilder points = new StringBuilder();
    for (Figure f : figures.of(curve.section, curve.metric)) {
      double x = x(decade(f), decades);
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, axis.y(f.value())));
      svg.line(x, axis.y(f.low()), x, axis.y(f.high()), curve.color);
      svg.dot(x, axis.y(f.value()), curve.color);
    }
    svg.polyline(points.toString().strip(), curve.color);
  }

  private static double decade(Figure figure) {
    return Math.log10(Double.parseDouble(figure.cell()));
  }

  private static double x(double decade, double decades) {
    return LEFT + 20 + (RIGHT - LEFT - 40) * decade / decades;
  }

  private void legend(double x, double y, String text, String color) {
    svg.bar(x, y - 10, 12, 12, color);
    svg.text(x + 18, y, "start", text);
  }
}
