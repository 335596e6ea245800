package wsp.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import wsp.observe.ExchangeRecord;
import wsp.observe.Failures;
import wsp.observe.Kind;
import wsp.observe.Outcomes;

class MetricsTest {
  private enum Side {
    OURS,
    THEIRS
  }

  private enum Table {
    ONE,
    TWO
  }

  private final Metrics metrics = new Metrics("t_", "1.2.3");

  private String text() throws Exception {
    return metrics.scrape(null).body().toString(StandardCharsets.UTF_8);
  }

  private List<String> lines(String start) throws Exception {
    return text().lines().filter(l -> l.startsWith(start)).toList();
  }

  @Test
  void theVersionIsTold() throws Exception {
    assertEquals(List.of("t_build_info{version=\"1.2.3\"} 1"), lines("t_"));
  }

  @Test
  void numbersAreAskedForAtEachScrape() throws Exception {
    long[] value = {3};
    metrics.gauge("level", "A level.", () -> value[0]);
    metrics.counter("events_total", "Events.", () -> 2 * value[0]);
    assertEquals(List.of("t_level 3.0"), lines("t_level"));
    assertEquals(List.of("t_events_total 6.0"), lines("t_events"));
    value[0] = 4;
    assertEquals(List.of("t_level 4.0"), lines("t_level"));
    assertEquals(List.of("t_events_total 8.0"), lines("t_events"));
  }

  @Test
  void namesFromOutsideStayInTheirQuotes() throws Exception {
    metrics.gauges("g", "G.", List.of("name"), () -> List.of(Sample.of(1, "a\"}\n\\ 2")));
    assertEquals(List.of("t_g{name=\"a\\\"}\\n\\\\ 2\"} 1.0"), lines("t_g"));
  }

  /** As two certificates of one file may have, whose maker gives all the same number. */
  @Test
  void aNumberThatComesTwiceTakesNoOthersAway() throws Exception {
    List<Sample> twice = List.of(Sample.of(1, "a"), Sample.of(2, "a"), Sample.of(3, "b"));
    metrics.gauges("g", "G.", List.of("name"), () -> twice);
    metrics.counters("c_total", "C.", List.of("name"), () -> twice);
    assertEquals(List.of("t_g{name=\"a\"} 1.0", "t_g{name=\"b\"} 3.0"), lines("t_g"));
    assertEquals(
        List.of("t_c_total{name=\"a\"} 1.0", "t_c_total{name=\"b\"} 3.0"), lines("t_c_total"));
  }

  @Test
  void everyRowOfATableIsThereFromZero() throws Exception {
    Failures<Table> failures = new Failures<>(Table.class);
    metrics.failures(failures, Table.class, t -> t == Table.ONE ? Side.OURS : Side.THEIRS);
    failures.count(Table.TWO);
    assertEquals(
        List.of(
            "t_failures_total{failure=\"ONE\",side=\"ours\"} 0.0",
            "t_failures_total{failure=\"TWO\",side=\"theirs\"} 1.0"),
        lines("t_failures"));
  }

  @Test
  void anExchangeIsInFlightUntilItIsOver() throws Exception {
    ExchangeMetrics exchanges = new ExchangeMetrics(metrics, "wait_seconds", "Wait.");
    Outcomes<Table> outcomes = new Outcomes<>(new Failures<>(Table.class), exchanges);
    ExchangeRecord exchange = new ExchangeRecord("id", "", "PUT", "");
    outcomes.begun(exchange);
    exchange.requestBytes(5);
    exchange.responseBytes(7);
    assertEquals(List.of("t_requests_in_flight 1.0"), lines("t_requests_in"));
    assertEquals(List.of("t_request_bytes_total 0.0"), lines("t_request_bytes"));

    outcomes.cancelled(exchange);
    outcomes.completed(exchange);
    assertEquals(
        List.of(
            "t_requests_total{code=\"499\",method=\"PUT\"} 1.0",
            "t_requests_cancelled_total 1.0",
            "t_requests_in_flight 0.0"),
        lines("t_requests"));
    assertEquals(List.of("t_request_bytes_total 5.0"), lines("t_request_bytes"));
    assertEquals(List.of("t_response_bytes_total 7.0"), lines("t_response_bytes"));
    assertEquals(List.of("t_wait_seconds_count 0"), lines("t_wait_seconds_count"));
    assertEquals(
        List.of("t_request_duration_seconds_count 1"), lines("t_request_duration_seconds_count"));
  }

  @Test
  void aTunnelIsCountedByItsKindAndNotTimed() throws Exception {
    ExchangeMetrics exchanges = new ExchangeMetrics(metrics, "wait_seconds", "Wait.");
    Outcomes<Table> outcomes = new Outcomes<>(new Failures<>(Table.class), exchanges);
    for (int status : new int[] {200, 403}) {
      ExchangeRecord exchange = new ExchangeRecord("id", "", "CONNECT", "");
      exchange.kind(Kind.CONNECT);
      exchange.head(status);
      outcomes.begun(exchange);
      outcomes.completed(exchange);
    }
    assertEquals(
        List.of("t_exchanges_total{kind=\"connect\"} 2.0"), lines("t_exchanges_total{kind=\"c"));
    assertEquals(
        List.of("t_request_duration_seconds_count 1"), lines("t_request_duration_seconds_count"));
  }

  @Test
  void bucketsReachFromABlinkToALongPoll() throws Exception {
    ExchangeMetrics exchanges = new ExchangeMetrics(metrics, "wait_seconds", "Wait.");
    ExchangeRecord exchange = new ExchangeRecord("id", "", "GET", "");
    exchange.connected();
    Outcomes<Table> outcomes = new Outcomes<>(new Failures<>(Table.class), exchanges);
    outcomes.begun(exchange);
    outcomes.completed(exchange);
    List<String> durations = lines("t_request_duration_seconds_bucket");
    assertEquals("t_request_duration_seconds_bucket{le=\"300.0\"} 1", durations.get(15));
    assertEquals("t_request_duration_seconds_bucket{le=\"+Inf\"} 1", durations.get(16));
    List<String> waits = lines("t_wait_seconds_bucket");
    assertTrue(waits.get(0).startsWith("t_wait_seconds_bucket{le=\"1.0E-4\"} "), waits.get(0));
    assertEquals("t_wait_seconds_bucket{le=\"10.0\"} 1", waits.get(15));
    assertEquals(17, waits.size());
  }
}
