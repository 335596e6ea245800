package wsp.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import wsp.observe.ExchangeRecord;

class RecentExchangesTest {
  private final Ended daemon = new Ended();
  private final RecentExchanges exchanges = daemon.exchanges;

  private static List<Long> numbers(List<EndedExchange> some) {
    return some.stream().map(EndedExchange::number).toList();
  }

  @Test
  void whatHasBegunIsInFlightUntilItsEnd() {
    ExchangeRecord first = daemon.begun("http://a/");
    ExchangeRecord second = daemon.begun("http://b/");
    assertEquals(2, exchanges.inFlight());
    assertEquals(List.of(first, second), exchanges.oldest(10));
    assertEquals(List.of(first), exchanges.oldest(1));
    daemon.outcomes.completed(first);
    assertEquals(List.of(second), exchanges.oldest(10));
    daemon.outcomes.failed(second, Ended.Failure.BROKEN, "why", 500);
    assertEquals(0, exchanges.inFlight());
    assertEquals(2, exchanges.total());
    assertEquals(1, exchanges.failed());
  }

  @Test
  void beyondABoundTheyAreOnlyCounted() {
    List<ExchangeRecord> all = new ArrayList<>();
    for (int i = 0; i < RecentExchanges.TRACKED + 5; i++) all.add(daemon.begun("http://a/"));
    assertEquals(RecentExchanges.TRACKED + 5, exchanges.inFlight());
    assertEquals(RecentExchanges.TRACKED, exchanges.oldest(Integer.MAX_VALUE).size());
    all.forEach(daemon.outcomes::completed);
    assertEquals(0, exchanges.inFlight());
    assertEquals(List.of(), exchanges.oldest(10));
  }

  @Test
  void theLastOnesAreKeptAndReadFromAnyNumberOn() {
    for (int i = 0; i < 2 * RecentExchanges.KEPT + 7; i++) daemon.completed("http://a/" + i);
    List<EndedExchange> all = exchanges.since(0);
    long end = 2L * RecentExchanges.KEPT + 7;
    assertEquals(LongStream.range(end - RecentExchanges.KEPT, end).boxed().toList(), numbers(all));
    assertEquals(List.of(end - 2, end - 1), numbers(exchanges.since(end - 2)));
    assertEquals(List.of(), exchanges.since(end));
    assertEquals("http://a/" + (end - 1), all.get(all.size() - 1).destination());
  }

  @Test
  void longTextsAreCut() {
    ExchangeRecord e = new ExchangeRecord("i".repeat(9_000), "t".repeat(9_000), "M", "f");
    e.destination("d".repeat(60_000));
    e.peer("p".repeat(9_000));
    e.rule("r".repeat(9_000));
    daemon.outcomes.begun(e);
    daemon.outcomes.failed(e, Ended.Failure.BROKEN, "w".repeat(60_000), 500);
    EndedExchange kept = exchanges.since(0).get(0);
    for (String text :
        List.of(
            kept.destination(),
            kept.detail(),
            kept.peer(),
            kept.rule(),
            kept.requestId(),
            kept.traceparent())) assertTrue(text.length() <= 501, text.substring(0, 1));
    assertTrue(kept.destination().endsWith("d…"));
  }

  @Test
  void theTimesArePhases() {
    ExchangeRecord refused = daemon.begun("http://a/");
    daemon.outcomes.failed(refused, Ended.Failure.BROKEN, "", 500);
    EndedExchange e = exchanges.since(0).get(0);
    assertEquals(refused.endedAt() - refused.receivedAt(), e.waitNanos());
    assertEquals(-1, e.headNanos());
    assertEquals(-1, e.bodyNanos());
    ExchangeRecord whole = daemon.begun("http://a/");
    whole.connected();
    whole.head(200);
    daemon.outcomes.completed(whole);
    e = exchanges.since(1).get(0);
    assertEquals(whole.connectedAt() - whole.receivedAt(), e.waitNanos());
    assertEquals(whole.headAt() - whole.connectedAt(), e.headNanos());
    assertEquals(whole.endedAt() - whole.headAt(), e.bodyNanos());
  }

  @Test
  void manyThreadsLoseNone() throws Exception {
    int each = 20_000;
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < each; i++) daemon.completed("http://a/");
              });
      threads.add(thread);
      thread.start();
    }
    long next = 0;
    while (threads.stream().anyMatch(Thread::isAlive)) {
      for (EndedExchange e : exchanges.since(next)) {
        assertTrue(e.number() >= next, "in order, none twice");
        next = e.number() + 1;
      }
    }
    assertEquals(4L * each, exchanges.total());
    assertEquals(0, exchanges.inFlight());
    assertEquals(RecentExchanges.KEPT, exchanges.since(0).size());
  }
}
