package wsp.client.targets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolSizesTest {
  private static final PoolSizes TEN_OF_HUNDRED = new PoolSizes(10, 10, 10, 100);

  @ParameterizedTest(name = "connecting {0}, idle {1}, busy {2}: {3} more")
  @CsvSource({
    "0, 0, 0, 1", // nobody knows yet whether the server is there
    "1, 0, 0, 0",
    "0, 1, 0, 9",
    "9, 1, 0, 0",
    "0, 10, 0, 0",
    "0, 11, 0, 0",
    "0, 9, 1, 1",
    "1, 9, 1, 0",
    "0, 0, 10, 10",
    "0, 5, 94, 1",
    "0, 0, 95, 5",
    "3, 0, 95, 2",
    "0, 0, 100, 0",
    "0, 0, 105, 0",
  })
  void idleConnectionsAreKeptUpToTheMaximum(int connecting, int idle, int busy, int more) {
    assertEquals(more, TEN_OF_HUNDRED.toOpen(connecting, idle, busy, 0));
  }

  @ParameterizedTest(name = "connecting {0}, idle {1}, busy {2}: {3} more")
  @CsvSource({
    "0, 1, 0, 4", // five open in all
    "0, 5, 0, 0",
    "0, 3, 2, 0", // five open, and two idle
    "0, 1, 4, 1", // five open, but just one idle
    "0, 0, 5, 2",
    "2, 0, 5, 0",
  })
  void openInAllAndIdleAreTwoMinimums(int connecting, int idle, int busy, int more) {
    assertEquals(more, new PoolSizes(10, 2, 5, 100).toOpen(connecting, idle, busy, 0));
  }

  @Test
  void moreAreOpenedAtATimeWhileNoneIsIdle() {
    assertEquals(10 + 16, TEN_OF_HUNDRED.toOpen(0, 0, 10, 16));
    assertEquals(16, TEN_OF_HUNDRED.toOpen(10, 0, 10, 16));
    assertEquals(2, TEN_OF_HUNDRED.toOpen(0, 0, 98, 16));
    assertEquals(0, new PoolSizes(10, 0, 5, 100).toOpen(0, 0, 5, 16), "none is to be idle");
    assertEquals(1, TEN_OF_HUNDRED.toOpen(0, 0, 0, 16), "a server that may be away is probed");
  }

  @Test
  void theServerIsAskedToKeepWhatWouldBeOpenedAgainAtOnce() {
    assertEquals(10, TEN_OF_HUNDRED.announced());
    assertEquals(30, new PoolSizes(10, 5, 30, 100).announced());
    assertEquals(20, new PoolSizes(10, 20, 10, 100).announced());
  }

  @Test
  void noMixtureOfCountsAsksForMoreThanTheMaximum() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      int max = 1 + random.nextInt(20);
      PoolSizes sizes = new PoolSizes(1, random.nextInt(max + 1), 1 + random.nextInt(max), max);
      int connecting = random.nextInt(25);
      int idle = random.nextInt(25);
      int busy = random.nextInt(25);
      int more = sizes.toOpen(connecting, idle, busy, random.nextInt(200));
      assertTrue(more >= 0, "negative");
      assertTrue(more == 0 || connecting + idle + busy + more <= max, "over the maximum");
    }
  }
}
