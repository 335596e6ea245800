package wsp.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import wsp.admin.RecentExchanges.Kept;
import wsp.observe.ExchangeRecord;

class RecentExchangesTest {
  private final Ended daemon = new Ended();
  private final RecentExchanges exchanges = daemon.exchanges;

  private static List<Long> numbers(List<Kept> some) {
    return some.stream().map(Kept::number).toList();
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
  void oneThatEndsBeforeItBeginsIsNotInFlight() {
    ExchangeRecord late = daemon.begun("http://a/");
    daemon.outcomes.cancelled(late);
    exchanges.ended(late);
    exchanges.begun(late);
    assertEquals(0, exchanges.inFlight());
    assertEquals(List.of(), exchanges.oldest(10));
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
    List<Kept> all = exchanges.since(0);
    long end = 2L * RecentExchanges.KEPT + 7;
    assertEquals(LongStream.range(end - RecentExchanges.KEPT, end).boxed().toList(), numbers(all));
    assertEquals(List.of(end - 2, end - 1), numbers(exchanges.since(end - 2)));
    assertEquals(List.of(), exchanges.since(end));
    assertEquals("http://a/" + (end - 1), all.get(all.size() - 1).of().destination());
  }

  private void failed(Ended.Failure how, int times) {
    for (int i = 0; i < times; i++)
      daemon.outcomes.failed(daemon.begun("http://" + how), how, "", 500);
  }

  private long keptOf(Ended.Failure how) {
    return exchanges.since(0).stream().filter(e -> e.of().failure().equals(how.name())).count();
  }

  @Test
  void failuresOutlastWhatGoesWell() {
    failed(Ended.Failure.BROKEN, 3);
    for (int i = 0; i < 3 * RecentExchanges.KEPT; i++) daemon.completed("http://a/");
    assertEquals(3, keptOf(Ended.Failure.BROKEN));
    List<Long> all = numbers(exchanges.since(0));
    assertEquals(RecentExchanges.KEPT + 3, all.size());
    assertEquals(all.stream().sorted().distinct().toList(), all, "in order, none twice");
    assertEquals(List.of(0L, 1L, 2L), all.subList(0, 3));
    assertEquals(RecentExchanges.KEPT + 1, exchanges.since(2).size());
    failed(Ended.Failure.BROKEN, 2 * RecentExchanges.KEPT);
    assertEquals(RecentExchanges.KEPT, keptOf(Ended.Failure.BROKEN));
  }

  @Test
  void strangersPushNoOtherFailureOut() {
    failed(Ended.Failure.BROKEN, 1);
    failed(Ended.Failure.STRANGE, 3 * RecentExchanges.KEPT);
    for (int i = 0; i < RecentExchanges.KEPT; i++) daemon.completed("http://a/");
    assertEquals(1, keptOf(Ended.Failure.BROKEN));
    assertEquals(RecentExchanges.STRANGERS_KEPT, keptOf(Ended.Failure.STRANGE));
  }

  @Test
  void anErrorOfTheOtherDaemonOrTheOriginIsAFailure() {
    for (int status : new int[] {200, 403, 404, 500, 527}) {
      ExchangeRecord e = daemon.begun("http://a/");
      e.head(status);
      if (status == 403) e.proxyStatus("wsp-client; error=http_request_denied");
      daemon.outcomes.completed(e);
    }
    assertEquals(
        List.of(403, 500, 527),
        exchanges.since(0).stream().filter(Kept::failed).map(e -> e.of().status()).toList());
  }

  @Test
  void longTextsAreCut() {
    ExchangeRecord e = new ExchangeRecord("i".repeat(9_000), "t".repeat(9_000), "M", "f");
    e.destination("d".repeat(60_000));
    e.peer("p".repeat(9_000));
    e.rule("r".repeat(9_000));
    daemon.outcomes.begun(e);
    daemon.outcomes.failed(e, Ended.Failure.BROKEN, "w".repeat(60_000), 500);
    ExchangeRecord kept = exchanges.since(0).get(0).of();
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

  private static Object millis(long nanos) {
    return Math.round(nanos / 1e4) / 100.0;
  }

  @Test
  void theTimesArePhases() {
    ExchangeRecord refused = daemon.begun("http://a/");
    daemon.outcomes.failed(refused, Ended.Failure.BROKEN, "", 500);
    Map<String, Object> e = PageJson.ended(exchanges.since(0).get(0));
    assertEquals(millis(refused.endedAt() - refused.receivedAt()), e.get("wait"));
    assertNull(e.get("head"));
    assertNull(e.get("body"));
    ExchangeRecord whole = daemon.begun("http://a/");
    whole.connected();
    whole.head(200);
    daemon.outcomes.completed(whole);
    e = PageJson.ended(exchanges.since(1).get(0));
    assertEquals(millis(whole.connectedAt() - whole.receivedAt()), e.get("wait"));
    assertEquals(millis(whole.headAt() - whole.connectedAt()), e.get("head"));
    assertEquals(millis(whole.endedAt() - whole.headAt()), e.get("body"));
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
      for (Kept e : exchanges.since(next)) {
        assertTrue(e.number() >= next, "in order, none twice");
        next = e.number() + 1;
      }
    }
    assertEquals(4L * each, exchanges.total());
    assertEquals(0, exchanges.inFlight());
    assertEquals(RecentExchanges.KEPT, exchanges.since(0).size());
  }
}
