package wsp.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.limit.Budget;

class HoldingTest {
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  private final Budget budget = new Budget(10 * Holding.BASE);
  private final Holding holding = new Holding(new CallerMemory(budget, List.of()), false);

  private long stuck() {
    return holding.stuckFor(System.nanoTime() + HOUR);
  }

  @Test
  void whatWaitsIsStuckUntilNothingWaits() {
    assertEquals(0, stuck());
    holding.input(5, false);
    assertTrue(stuck() >= HOUR);
    holding.unsent(7);
    holding.input(0, false);
    assertTrue(stuck() >= HOUR);
    holding.unsent(-7);
    assertEquals(0, stuck());
    assertEquals(Holding.BASE, budget.used());
  }

  @Test
  void whatGoesOnIsNotStuck() {
    holding.input(5, false);
    long then = System.nanoTime();
    holding.input(6, false);
    holding.input(6, true);
    assertEquals(1, holding.stuckFor(then));
    assertEquals(Holding.BASE + 6, budget.used());
  }

  @ParameterizedTest
  @CsvSource({
    // event      of all callers, of its client
    "nothing,     0,              0",
    "output,      100,            0",
    "record,      0,              32868",
    "close,       0,              -8192",
  })
  void whatAClientHoldsIsItsOwnButForWhatItsSocketDoesNotTake(String event, long all, long own) {
    Budget links = new Budget(10);
    holding.begins("a");
    holding.exchange("a", 5000);
    holding.output(7);
    holding.known(links);
    holding.output(0);
    switch (event) {
      case "output" -> holding.output(100);
      case "record" -> holding.record(100, true);
      case "close" -> holding.close();
      default -> {}
    }
    assertEquals(all, budget.used());
    assertEquals(all, holding.held());
    assertEquals(Holding.LINK + own, links.used());
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "2047, 0", "2048, 2048", "8192, 8192"})
  void aRequestCountsThatIsWorthIt(int bytes, int counted) {
    holding.begins("a");
    holding.exchange("a", bytes);
    assertEquals(Holding.BASE + counted, budget.used());
    assertEquals(counted > 0, holding.exchangeFor(System.nanoTime() + HOUR) >= HOUR);
  }

  /** Whoever answers one may tell late what it has kept of it. */
  @Test
  void whatIsSaidOfARequestThatIsOverDoesNotCount() {
    holding.begins("first");
    holding.exchange("first", 5000);
    holding.ends("first");
    holding.exchange("first", 6000);
    assertEquals(Holding.BASE, budget.used());
    holding.begins("next");
    holding.exchange("next", 7000);
    holding.exchange("first", 8000);
    holding.ends("first");
    assertEquals(Holding.BASE + 7000, budget.used());
    holding.ends("next");
    assertEquals(Holding.BASE, budget.used());
  }

  @Test
  void memoryIsScarceBeforeAnybodyHasToGo() {
    assertFalse(holding.isScarce());
    holding.unsent(5 * Holding.BASE);
    assertTrue(holding.isScarce());
    holding.close();
    assertFalse(holding.isScarce());
  }
}
