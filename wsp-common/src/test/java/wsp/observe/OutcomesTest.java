package wsp.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomesTest {
  private enum Failure {
    REFUSED,
    CUT
  }

  private final Failures<Failure> failures = new Failures<>(Failure.class);
  private final List<String> ended = new ArrayList<>();
  private final Outcomes<Failure> outcomes =
      new Outcomes<>(failures, exchange -> ended.add(exchange.status() + " " + exchange.failure()));

  private static ExchangeRecord exchange() {
    return new ExchangeRecord("id", "", "GET", "");
  }

  @Test
  void whoeverComesFirstSaysHowItEndedAndIsCountedAlone() {
    ExchangeRecord exchange = exchange();
    outcomes.cancelled(exchange);
    outcomes.failed(exchange, Failure.REFUSED, "", 527);
    outcomes.completed(exchange);
    assertEquals(List.of("499 CANCELLED"), ended);
    assertEquals("", failures.text());

    ExchangeRecord other = exchange();
    outcomes.failed(other, Failure.REFUSED, "", 527);
    outcomes.failed(other, Failure.CUT, "", 0);
    outcomes.cancelled(other);
    assertEquals(List.of("499 CANCELLED", "527 REFUSED"), ended);
    assertEquals("1 REFUSED", failures.text());
  }

  @Test
  void whatIsWholeIsNoFailureAnyMore() {
    ExchangeRecord exchange = exchange();
    exchange.head(200);
    outcomes.completed(exchange);
    outcomes.failed(exchange, Failure.CUT, "", 0);
    assertEquals(List.of("200 "), ended);
    assertEquals("", failures.text());
  }
}
