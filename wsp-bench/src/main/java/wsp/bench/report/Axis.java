package wsp.bench.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** A vertical axis from zero: where a value stands, and where the lines of the grid do. */
final class Axis {
  private static final double STEPS = 5;
  private static final MathContext DIGITS = new MathContext(4);
  private static final String GRID = "#e4e7eb";

  private final double bottom;
  private final double height;
  private final double step;
  private final double end;

  /**
   * @param greatest the greatest value to be shown
   */
  Axis(double top, double bottom, double greatest) {
    this.bottom = bottom;
    this.height = bottom - top;
    this.step = roundStep(greatest > 0 ? greatest / STEPS : 1);
    this.end = Math.max(1, Math.ceil(greatest / step)) * step;
  }

  /** The next of 1, 2, 5 and their decades. */
  private static double roundStep(double least) {
    double decade = Math.pow(10, Math.floor(Math.log10(least)));
    for (double factor : new double[] {1, 2, 5}) {
      if (factor * decade >= least * 0.999) return factor * decade;
    }
    return 10 * decade;
  }

  double y(double value) {
    return bottom - height * value / end;
  }

  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    for (int i = 0; i * step <= end * 1.001; i++) ticks.add(i * step);
    return ticks;
  }

  /** The grid with its figures, and the axis's title. */
  void draw(Svg svg, double left, double right, String title) {
    for (double tick : ticks()) {
      svg.line(left, y(tick), right, y(tick), GRID);
      svg.text(
          left - 8,
          y(tick) + 4,
          "end",
          BigDecimal.valueOf(tick).round(DIGITS).stripTrailingZeros().toPlainString());
    }
    svg.upwards(left - 50, bottom - height / 2, title);
  }
}
