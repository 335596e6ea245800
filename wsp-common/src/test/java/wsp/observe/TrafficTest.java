package wsp.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrafficTest {
  private enum Table {
    BROKEN
  }

  private static final long SECOND = 1_000_000_000;

  private final Traffic traffic = new Traffic();
  private final Outcomes<Table> outcomes =
      new Outcomes<>(new Failures<>(Table.class), ExchangeObserver.all(List.of(traffic)));

  private ExchangeRecord begin() {
    ExchangeRecord exchange = new ExchangeRecord("1", "", "GET", "");
    outcomes.begun(exchange);
    return exchange;
  }

  @Test
  void theRateIsThatSinceItWasAskedLast() {
    assertEquals("0.0 requests/s, 0 failures", traffic.text(5 * SECOND));
    for (int i = 0; i < 5; i++) outcomes.completed(begin());
    assertEquals("2.5 requests/s, 0 failures", traffic.text(7 * SECOND));
    for (int i = 0; i < 150; i++) outcomes.completed(begin());
    assertEquals("150 requests/s, 0 failures", traffic.text(8 * SECOND));
    assertEquals("150 requests/s, 0 failures", traffic.text(8 * SECOND + 1), "too soon to tell");
    assertEquals("0.0 requests/s, 0 failures", traffic.text(9 * SECOND));
  }

  @Test
  void whatIsNotWantedAnyMoreHasNotFailed() {
    outcomes.failed(begin(), Table.BROKEN, "", 526);
    outcomes.cancelled(begin());
    begin();
    assertEquals("0.0 requests/s, 1 failures", traffic.text(SECOND));
  }
}
