package wsp.server.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import wsp.server.pool.PoolsFixture.Asker;
import wsp.server.tunnel.v1.ScriptedSocket;

class LivenessTest {
  private final PoolsFixture f = new PoolsFixture();
  private final Liveness liveness = new Liveness(f.pools, Duration.ofNanos(300));
  private final PooledConnection c = f.idle("a", 1, 0);
  private final ScriptedSocket socket = PoolsFixture.socket(c);

  @Test
  void theSilentIsAskedAndThenDropped() {
    liveness.sweep(100);
    assertEquals(0, socket.pings);
    liveness.sweep(101);
    assertEquals(1, socket.pings);
    liveness.sweep(150);
    assertEquals(1, socket.pings, "asked twice within a third of the limit");
    liveness.sweep(202);
    assertEquals(2, socket.pings);
    liveness.sweep(300);
    assertTrue(socket.open);
    liveness.sweep(301);
    assertFalse(socket.open);
  }

  @Test
  void afterAFreezeOfOurOwnEverybodyIsAskedFirst() {
    liveness.sweep(50);
    liveness.sweep(100_000);
    assertTrue(socket.open);
    assertEquals(1, socket.pings);
    liveness.sweep(100_050);
    assertTrue(socket.open, "no time to answer");
    socket.heard = 100_060;
    liveness.sweep(100_120);
    assertTrue(socket.open);
    liveness.sweep(200_000);
    liveness.sweep(200_101);
    assertFalse(socket.open);
  }

  private Asker stream(String clientId) {
    Asker asker =
        new Asker(clientId) {
          @Override
          public boolean leased(Lease lease) {
            told++;
            return true;
          }
        };
    f.pools.waiters.lease(asker, 0);
    return asker;
  }

  @Test
  void aLinkThatCarriesStreamsAndOwesASignOfLifeGetsNoMore() {
    ScriptedSocket link = PoolsFixture.socket(f.link("b"));
    liveness.sweep(90);
    assertEquals(0, link.pings, "it carries nothing");
    assertEquals(1, stream("b").told);
    liveness.sweep(91);
    assertEquals(1, link.pings);
    assertEquals(1, stream("b").told);
    liveness.sweep(110);
    assertEquals(1, stream("b").told, "it has had no time to answer");
    liveness.sweep(111);
    Asker waits = stream("b");
    assertEquals(0, waits.told);
    link.heard = 120;
    liveness.sweep(121);
    assertEquals(1, waits.told);
  }

  @Test
  void anySignOfLifeCounts() {
    for (int now = 0; now < 2000; now += 90) {
      socket.heard = now;
      liveness.sweep(now + 90);
    }
    assertTrue(socket.open);
    assertEquals(0, socket.pings);
  }

  @Test
  void anHourInWhichItOnlyAnswersPingsTakesNoStreamFromALink() {
    PooledConnection link = f.link("b");
    ScriptedSocket there = PoolsFixture.socket(link);
    Liveness seconds = new Liveness(f.pools, Duration.ofSeconds(30));
    assertEquals(1, stream("b").told);
    long second = Duration.ofSeconds(1).toNanos();
    int pings = 0;
    for (long now = second; now <= 3600 * second; now += second) {
      seconds.sweep(now);
      f.pools.sweep(now, 60 * second);
      if (there.pings > pings) there.heard = now;
      pings = there.pings;
    }
    assertTrue(there.open);
    assertTrue(link.shared.carriesSome());
    assertFalse(socket.open, "one that answers nothing is gone");
  }

  @Test
  void whoIsNotReadFromIsNotDroppedButHearsFromUs() {
    socket.paused = true;
    liveness.sweep(10_000);
    assertEquals(1, socket.pings);
    liveness.sweep(10_100);
    assertEquals(1, socket.pings);
    liveness.sweep(10_101);
    assertEquals(2, socket.pings);
    liveness.sweep(20_000);
    assertTrue(socket.open);
    socket.paused = false;
    socket.heard = 20_001;
    liveness.sweep(20_100);
    assertTrue(socket.open, "judged by what it could not answer");
  }
}
