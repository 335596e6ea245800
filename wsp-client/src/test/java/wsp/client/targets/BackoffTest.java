package wsp.client.targets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration CAP = Duration.ofMillis(2500);

  @Test
  void theLongestDelayDoublesWithEachFailureUpToTheCap() {
    Backoff backoff = new Backoff(FIRST, () -> 0.999999);
    long[] expected = {99, 199, 399, 799, 1599, 2499, 2499};
    for (long millis : expected) assertEquals(millis, backoff.next(CAP).toMillis());
  }

  @Test
  void theJitterIsFull() {
    assertEquals(Duration.ZERO, new Backoff(FIRST, () -> 0).next(CAP));
    assertEquals(50, new Backoff(FIRST, () -> 0.5).next(CAP).toMillis());
  }

  @Test
  void afterASuccessItBeginsAnew() {
    Backoff backoff = new Backoff(FIRST, () -> 0.999999);
    for (int i = 0; i < 10; i++) backoff.next(CAP);
    backoff.reset();
    assertEquals(99, backoff.next(CAP).toMillis());
  }

  @Test
  void anotherCapAppliesAtOnce() {
    Backoff backoff = new Backoff(FIRST, () -> 0.999999);
    for (int i = 0; i < 10; i++) backoff.next(CAP);
    assertEquals(29_999, backoff.next(Duration.ofSeconds(30)).toMillis());
    assertTrue(backoff.next(CAP).compareTo(CAP) <= 0);
  }

  @Test
  void aThousandFailuresAreNoOverflow() {
    Backoff backoff = new Backoff(FIRST, () -> 0.999999);
    for (int i = 0; i < 1000; i++) assertTrue(backoff.next(CAP).compareTo(CAP) <= 0);
  }
}
