package wsp.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TerminalLineTest {
  private final AtomicInteger asked = new AtomicInteger();
  private String state = "1 busy";

  private TerminalLine line(int columns, boolean colours) {
    return new TerminalLine(
        () -> {
          if (state.equals("?")) throw new IllegalStateException(state);
          return state;
        },
        () -> {
          asked.incrementAndGet();
          return columns;
        },
        colours);
  }

  /** With words for what a terminal is told. */
  private static String shown(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8)
        .replace("\r\u001b[K", "<erase>")
        .replace("\u001b[?7l", "<")
        .replace("\u001b[?7h", ">")
        .replace("\u001b[1m", "<bold>")
        .replace("\u001b[0m", "<plain>");
  }

  private static String around(TerminalLine line, String lines) {
    ByteArrayOutputStream in = new ByteArrayOutputStream();
    in.writeBytes(lines.getBytes(StandardCharsets.UTF_8));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    line.around(in, out);
    return shown(out.toByteArray());
  }

  @Test
  void itIsDrawnInPlaceWhenItHasChanged() {
    TerminalLine line = line(80, false);
    assertEquals("<erase><1 busy>", shown(line.redraw()));
    assertEquals("", shown(line.redraw()));
    state = "2 busy";
    assertEquals("<erase><2 busy>", shown(line.redraw()));
  }

  @Test
  void linesOfTheLogStandAboveIt() {
    TerminalLine line = line(80, false);
    assertEquals("a\n<erase><1 busy>", around(line, "a\n"));
    assertEquals("<erase>b\nc\n<erase><1 busy>", around(line, "b\nc\n"));
  }

  @Test
  void itIsGoneInTheEnd() {
    TerminalLine line = line(80, false);
    assertEquals("", shown(line.erase()));
    line.redraw();
    assertEquals("<erase>", shown(line.erase()));
    assertEquals("", shown(line.erase()));
  }

  @Test
  void itLeavesTheLastColumnFree() {
    state = "0123456789";
    assertEquals("<erase><0123456>", shown(line(8, false).redraw()));
    assertEquals("<erase><0123456789>", shown(line(11, false).redraw()));
    TerminalLine narrow = line(1, false);
    assertEquals("<erase><0>", shown(narrow.redraw()));
    state = "1";
    narrow.redraw();
    assertEquals(3, asked.get(), "once for each");
  }

  @Test
  void coloursDoNotCount() {
    state = "0123456789";
    assertEquals("<erase><<bold>0123456<plain>>", shown(line(8, true).redraw()));
  }

  @Test
  void whatCannotBeToldIsNotShown() {
    TerminalLine line = line(80, false);
    line.redraw();
    state = "?";
    assertEquals("<erase>", shown(line.redraw()));
    assertEquals("a\n", around(line, "a\n"));
  }
}
