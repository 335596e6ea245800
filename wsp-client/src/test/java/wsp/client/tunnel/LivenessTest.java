package wsp.client.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static wsp.client.tunnel.Liveness.Action.DROP_DEAD;
import static wsp.client.tunnel.Liveness.Action.DROP_STALLED;
import static wsp.client.tunnel.Liveness.Action.NONE;
import static wsp.client.tunnel.Liveness.Action.PING;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LivenessTest {
  private static final Duration TICK = Duration.ofSeconds(1);

  /** Pings every 3 ticks, dead after 9, stalled after 5. */
  private final Liveness liveness =
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
}
