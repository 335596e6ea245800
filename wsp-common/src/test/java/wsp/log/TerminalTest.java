package wsp.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
  private static final Terminal NOTHING = new Terminal(false, false);

  @Test
  void withoutATerminalThereIsNothing() {
    assertEquals(NOTHING, Terminal.of(false, Map.of("TERM", "xterm")));
    assertEquals(NOTHING, Terminal.ofProcess(), "tests have no terminal");
  }

  @Test
  void aTerminalHasBoth() {
    assertEquals(new Terminal(true, true), Terminal.of(true, Map.of("TERM", "xterm")));
  }

  @Test
  void aDumbOneHasNothing() {
    assertEquals(NOTHING, Terminal.of(true, Map.of("TERM", "dumb")));
    assertEquals(NOTHING, Terminal.of(true, Map.of("TERM", "")));
    assertEquals(NOTHING, Terminal.of(true, Map.of()));
  }

  @Test
  void noColorIsAnyTextThatIsNotEmpty() {
    Terminal plain = new Terminal(true, false);
    assertEquals(plain, Terminal.of(true, Map.of("TERM", "xterm", "NO_COLOR", "0")));
    assertTrue(Terminal.of(true, Map.of("TERM", "xterm", "NO_COLOR", "")).colours());
  }

  @Test
  void theWidthIsAlwaysSomething() {
    assertTrue(Terminal.columns() > 0);
  }
}
