package wsp.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailuresTest {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private enum Table {
    LOST,
    REFUSED,
    LATE
  }

  private final Failures<Table> failures = new Failures<>(Table.class);
  private final List<String> lines = new ArrayList<>();

  @Test
  void eachFailureHasItsOwnCount() {
    for (int i = 0; i < 3; i++) failures.count(Table.REFUSED);
    failures.count(Table.LATE);
    assertEquals(0, failures.of(Table.LOST));
    assertEquals(3, failures.of(Table.REFUSED));
    assertEquals(1, failures.of(Table.LATE));
    assertEquals("3 REFUSED, 1 LATE", failures.text());
  }

  @Test
  void theMostFrequentComesFirstAndEqualOnesInTheOrderOfTheTable() {
    failures.count(Table.LATE);
    failures.count(Table.LATE);
    failures.count(Table.REFUSED);
    failures.count(Table.LOST);
    assertEquals("2 LATE, 1 LOST, 1 REFUSED", failures.text());
  }

  @Test
  void noCountIsLostBetweenThreads() throws Exception {
    Thread[] threads = new Thread[8];
    for (int t = 0; t < threads.length; t++) {
      threads[t] =
          new Thread(
              () -> {
                for (int i = 0; i < 10_000; i++) failures.count(Table.LOST);
              });
      threads[t].start();
    }
    for (Thread t : threads) t.join();
    assertEquals(80_000, failures.of(Table.LOST));
  }

  @Test
  void aChangeIsToldOnceAndAtMostOnceAMinute() {
    failures.tick(lines::add, 0);
    assertEquals(List.of(), lines, "nothing has failed");
    failures.count(Table.LOST);
    failures.tick(lines::add, 5);
    failures.count(Table.LOST);
    failures.tick(lines::add, 6);
    failures.tick(lines::add, 5 + MINUTE - 1);
    assertEquals(List.of("1 LOST"), lines);
    failures.tick(lines::add, 5 + MINUTE);
    assertEquals(List.of("1 LOST", "2 LOST"), lines);
    failures.tick(lines::add, 5 + 10 * MINUTE);
    assertEquals(2, lines.size(), "nothing has changed");
  }

  @Test
  void theEndIsToldWheneverItComes() {
    failures.stop(lines::add);
    assertEquals(List.of(), lines, "nothing has failed");
    failures.count(Table.LOST);
    failures.tick(lines::add, 0);
    failures.stop(lines::add);
    assertEquals(List.of("1 LOST", "1 LOST"), lines);
  }
}
