package wsp.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class HeartbeatTest {
  private static final long SECOND = 1_000_000_000L;

  /** nanoTime may be anything. */
  private static final long START = Long.MAX_VALUE - SECOND;

  @Test
  void itComplainsAsSoonAsAPassIsOverdueAndNoMoreAfterTheNext() {
    Heartbeat beat = new Heartbeat(START);
    assertNull(beat.complaint(START));
    assertNull(beat.complaint(START + 10 * SECOND));
    assertEquals(
        "maintenance has not come to its end for 10 s", beat.complaint(START + 10 * SECOND + 1));
    beat.passed(START + 11 * SECOND);
    assertNull(beat.complaint(START + 21 * SECOND));
    assertEquals(
        "maintenance has not come to its end for 14 s", beat.complaint(START + 25 * SECOND));
  }
}
