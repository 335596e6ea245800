package wsp.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SearchTest {
  private static final String NAMES =
      IntStream.range(0, 5_000)
          .mapToObj(i -> "host" + i + "\\.test")
          .collect(Collectors.joining("|"));

  /** On a thread whose stack is small, as those of workers may be. */
  private static boolean finds(String pattern, String text) throws Exception {
    Search search = Search.compile("url", pattern);
    FutureTask<Boolean> task = new FutureTask<>(() -> search.findsIn(text));
    new Thread(null, task, "small", 512 << 10).start();
    return task.get(30, TimeUnit.SECONDS);
  }

  @Test
  void largePatternsDoNotOverflowTheStack() throws Exception {
    String empties = "^" + "(a?){1000}(b?){1000}(c?){1000}(((d?)?)?){1000}" + "$";
    assertTrue(finds(empties, "abcd"));
    assertFalse(finds(empties, "abcde"));
    assertTrue(finds(NAMES, "http://host4999.test/"));
    assertFalse(finds("/(" + NAMES + ")/", "http://host5000.test/"));
  }

  @Test
  void anInterruptedThreadGetsItsVerdictAndKeepsTheInterrupt() {
    Search search = Search.compile("url", NAMES);
    Thread.currentThread().interrupt();
    assertTrue(search.findsIn("http://host4999.test/"));
    assertTrue(Thread.interrupted());
  }

  @Test
  void thePatternIsKeptAsItWasGiven() {
    assertEquals("(?i)a{2}", Search.compile("url", "(?i)a{2}").toString());
  }
}
