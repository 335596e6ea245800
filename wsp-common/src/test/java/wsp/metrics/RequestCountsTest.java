package wsp.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RequestCountsTest {
  private final RequestCounts counts = new RequestCounts();

  @Test
  void nothingIsCountedAtFirst() {
    assertEquals(List.of(), counts.samples());
  }

  @Test
  void eachMethodAndStatusCountsForItself() {
    counts.count("GET", 200);
    counts.count("GET", 200);
    counts.count("GET", 526);
    counts.count("POST", 200);
    assertEquals(
        List.of(
            Sample.of(2, "GET", "200"), Sample.of(1, "GET", "526"), Sample.of(1, "POST", "200")),
        counts.samples());
  }

  @Test
  void whatIsNotKnownIsAnotherOne() {
    counts.count("BREW", 200);
    counts.count("get", 200);
    counts.count("", 200);
    for (int status : new int[] {666, 999, 0, -1, 299, 600, Integer.MAX_VALUE, Integer.MIN_VALUE})
      counts.count("GET", status);
    assertEquals(
        List.of(Sample.of(8, "GET", "other"), Sample.of(3, "other", "200")), counts.samples());
  }

  @Test
  void whateverComesThereIsABound() {
    Random random = new Random(7);
    for (int i = 0; i < 100_000; i++) {
      counts.count("M" + random.nextInt(50_000), random.nextInt(2000) - 500);
      counts.count("PUT", random.nextInt(2000) - 500);
    }
    // 62 registered statuses, 499, 526, 527 and the others, of two kinds of methods.
    assertEquals(true, counts.samples().size() <= 2 * 66, "size " + counts.samples().size());
    assertEquals(200_000, counts.samples().stream().mapToLong(Sample::value).sum());
  }
}
