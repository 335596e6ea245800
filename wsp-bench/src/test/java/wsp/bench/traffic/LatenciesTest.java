package wsp.bench.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LatenciesTest {
  @Test
  void aShareOfTheRequestsWasAnsweredWithinItsTime() {
    Latencies times = new Latencies();
    for (int i = 10_000; i > 0; i--) times.add(i * 1_000_000L);
    assertEquals(5000, times.millis(0.5));
    assertEquals(9900, times.millis(0.99));
    assertEquals(10_000, times.millis(1));
  }

  @Test
  void withoutRequestsThereIsNoTime() {
    assertEquals(0, new Latencies().millis(0.5));
  }
}
