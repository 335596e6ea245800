package wsp.limit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LogLimitTest {
  @Test
  void oneEventInAnIntervalPasses() {
    LogLimit limit = new LogLimit(Duration.ofNanos(100));
    assertTrue(limit.allows(-50));
    assertFalse(limit.allows(0));
    assertFalse(limit.allows(49));
    assertTrue(limit.allows(50));
    assertFalse(limit.allows(149));
    assertTrue(limit.allows(150));
  }
}
