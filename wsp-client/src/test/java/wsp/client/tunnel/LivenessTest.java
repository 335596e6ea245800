package wsp.client.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static wsp.client.tunnel.Liveness.Action.DROP_DEAD;
import static wsp.client.tunnel.Liveness.Action.DROP_STALLED;
import static wsp.client.tunnel.Liveness.Action.NONE;
import static wsp.client.tunnel.Liveness.Action.PING;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LivenessTest {
  private static final Duration TICK = Duration.ofSeconds(1);

  /** Pings every 3 ticks, dead after 9, stalled after 5. */
  private Liveness liveness =
      new Liveness(TICK, Duration.ofSeconds(30), Duration.ofSeconds(9), Duration.ofSeconds(5));

  private Liveness.Action tick() {
    return liveness.tick(true, false);
  }

  @Test
  void aQuietPeerIsPingedThreeTimesAndThenDropped() {
    int pings = 0;
    for (int i = 1; i < 9; i++) {
      Liveness.Action action = tick();
      assertEquals(i % 3 == 0 ? PING : NONE, action, "tick " + i);
      if (action == PING) pings++;
    }
    assertEquals(2, pings);
    assertEquals(DROP_DEAD, tick());
  }

  @Test
  void anySignOfLifeStartsTheCountAnew() {
    for (int round = 0; round < 5; round++) {
      for (int i = 0; i < 8; i++) tick();
      liveness.heard();
    }
    tick();
    for (int i = 0; i < 8; i++) assertEquals(false, tick() == DROP_DEAD);
    assertEquals(DROP_DEAD, tick());
  }

  @Test
  void aPeerThatIsHeardIsNotPinged() {
    for (int i = 0; i < 100; i++) {
      if (i % 2 == 0) liveness.heard();
      assertEquals(NONE, tick(), "tick " + i);
    }
  }

  @Test
  void pingsKeepToTheirIntervalWhereItIsShorter() {
    Liveness often =
        new Liveness(TICK, Duration.ofSeconds(2), Duration.ofSeconds(90), Duration.ofSeconds(5));
    assertEquals(NONE, often.tick(true, false));
    assertEquals(PING, often.tick(true, false));
    assertEquals(NONE, often.tick(true, false));
    assertEquals(PING, often.tick(true, false));
  }

  @Test
  void whileNothingIsReadNobodyIsDeadButEachTickProbes() {
    for (int i = 0; i < 100; i++) assertEquals(PING, liveness.tick(false, false));
    assertEquals(NONE, tick());
  }

  @Test
  void anHourOfAnsweredPingsDropsNobody() {
    for (int i = 0; i < 3600; i++) {
      Liveness.Action action = tick();
      assertEquals(true, action == NONE || action == PING, "tick " + i);
      if (action == PING) liveness.heard();
    }
  }

  @Test
  void aPeerThatTakesNothingIsDropped() {
    for (int i = 1; i < 5; i++) {
      liveness.heard();
      assertEquals(false, liveness.tick(true, true) == DROP_STALLED, "tick " + i);
    }
    liveness.heard();
    assertEquals(DROP_STALLED, liveness.tick(true, true));
  }

  @Test
  void progressStartsTheCountOfStalledTicksAnew() {
    for (int i = 0; i < 20; i++) {
      liveness.heard();
      assertEquals(false, liveness.tick(true, i % 4 != 0) == DROP_STALLED, "tick " + i);
    }
  }

  /** Ticks until the answer to a close frame is late. */
  private int late(boolean leaving, int heardEach) {
    for (int i = 1; ; i++) {
      if (i % heardEach == 0) liveness.heard();
      if (liveness.isLate(leaving)) return i;
    }
  }

  @ParameterizedTest
  @CsvSource({
    // carried, how long ago, what was sent before still leaves, heard each so many ticks; late
    "false,  0, false, 100, 5",
    "false,  0, false,   2, 5",
    "true,   0, false, 100, 7",
    "true,  31, false, 100, 5",
    "true,  31, false,   2, 5",
    // For as long as a peer may take nothing otherwise, from the last time on.
    "true,   0, false,   2, 30",
    "false,  0, true,  100, 16",
  })
  void aCloseFrameIsWaitedForWhileWhatWasSentMayBeOnItsWay(
      boolean carried, int ago, boolean leaving, int heardEach, int ticks) {
    Duration twelve = Duration.ofSeconds(12);
    liveness = new Liveness(TICK, Duration.ofSeconds(6), Duration.ofSeconds(30), twelve);
    if (carried) liveness.carried();
    for (int i = 0; i < ago; i++) liveness.tick(true, false);
    assertEquals(ticks, late(leaving, heardEach));
  }
}
