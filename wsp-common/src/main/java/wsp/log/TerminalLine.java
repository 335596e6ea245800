package wsp.log;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * One line below the log that is drawn anew in its place: what a daemon is doing now, for a person
 * at a terminal. This makes the bytes; the thread that writes the log writes them, so that the two
 * never mix. For one thread.
 *
 * <p>The terminal is told not to wrap while the line is written: it may have become narrower since
 * its width was asked for.
 */
final class TerminalLine {
  static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final String ERASE = "\r\u001b[K";
  private static final String NO_WRAP = "\u001b[?7l";
  private static final String WRAP = "\u001b[?7h";
  private static final String BOLD = "\u001b[1m";
  private static final String PLAIN = "\u001b[0m";

  private final Supplier<String> state;
  private final IntSupplier columns;
  private final boolean colours;
  private int width;
  private String drawn = "";

  /**
   * Nothing is drawn yet.
   *
   * @param state what it is to say now; ASCII, for each character takes one column. Empty: nothing
   * @param columns asked once, before the first drawing
   */
  TerminalLine(Supplier<String> state, IntSupplier columns, boolean colours) {
    this.state = state;
    this.columns = columns;
    this.colours = colours;
  }

  /** Draws what there is to say now; nothing if that stands there already. */
  byte[] redraw() {
    String now = cut(text());
    if (now.equals(drawn)) return new byte[0];
    if (now.isEmpty()) return erase();
    drawn = now;
    return bytes(drawing());
  }

  private String text() {
    try {
      return state.get();
    } catch (RuntimeException e) {
      // The log goes on without this line.
      return "";
    }
  }

  /** Lines of the log, with this line taken away before them and drawn again after them. */
  void around(ByteArrayOutputStream lines, ByteArrayOutputStream out) {
    out.writeBytes(erase());
    out.writeBytes(lines.toByteArray());
    out.writeBytes(redraw());
  }

  /** Takes the line away; the cursor is where it began. */
  byte[] erase() {
    boolean any = !drawn.isEmpty();
    drawn = "";
    return any ? bytes(ERASE) : new byte[0];
  }

  /** The last column stays free: a character there may already begin another line. */
  private String cut(String text) {
    if (width == 0) width = Math.max(1, columns.getAsInt() - 1);
    return text.length() <= width ? text : text.substring(0, width);
  }

  private String drawing() {
    String text = colours ? BOLD + drawn + PLAIN : drawn;
    return ERASE + NO_WRAP + text + WRAP;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
