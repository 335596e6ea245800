package wsp.bench.report;

import java.util.Locale;

/** SVG by hand: the few shapes that a plot needs. For one thread. */
final class Svg {
  private final StringBuilder out = new StringBuilder();

  Svg(int width, int height) {
    add(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' width='%d' height='%d'"
            + " font-family='system-ui, sans-serif' font-size='12' fill='#24292f'>",
        width, height, width, height);
    add("<rect width='%d' height='%d' fill='#ffffff'/>", width, height);
  }

  private void add(String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  /**
   * Text at a baseline.
   *
   * @param anchor start, middle or end
   */
  void text(double x, double y, String anchor, String text) {
    add("<text x='%.1f' y='%.1f' text-anchor='%s'>%s</text>", x, y, anchor, escaped(text));
  }

  void title(double x, double y, String text) {
    add("<text x='%.1f' y='%.1f' font-size='15' font-weight='600'>%s</text>", x, y, escaped(text));
  }

  /** Text that reads upwards, around its middle. */
  void upwards(double x, double y, String text) {
    add(
        "<text x='%.1f' y='%.1f' text-anchor='middle' transform='rotate(-90 %.1f %.1f)'>%s</text>",
        x, y, x, y, escaped(text));
  }

  void line(double x1, double y1, double x2, double y2, String color) {
    add("<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='%s'/>", x1, y1, x2, y2, color);
  }

  void bar(double x, double y, double width, double height, String color) {
    add(
        "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' fill='%s'/>",
        x, y, width, height, color);
  }

  void dot(double x, double y, String color) {
    add("<circle cx='%.1f' cy='%.1f' r='3.5' fill='%s'/>", x, y, color);
  }

  /** A line through points, given as pairs. */
  void polyline(String points, String color) {
    add("<polyline points='%s' fill='none' stroke='%s' stroke-width='2'/>", points, color);
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  @Override
  public String toString() {
    return out + "</svg>\n";
  }
}
