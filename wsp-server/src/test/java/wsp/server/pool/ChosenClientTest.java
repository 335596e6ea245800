package wsp.server.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wsp.server.failure.ProxyError;
import wsp.server.pool.PoolsFixture.Asker;

/** The pools, for those who want a certain client. */
class ChosenClientTest {
  private static final int MANY = 10_000;

  private final PoolsFixture f = new PoolsFixture(100, 100, 100);
  private final ClientPools pools = f.pools;

  @Test
  void theClientWithTheIdIsLeasedHoweverManyOthersAreIdle() {
    f.idle("a", 1, 0);
    PooledConnection b = f.idle("b", 1, 0);
    f.idle("c", 1, 0);
    assertSame(b, f.lease("b"));
    Asker second = f.asks("b", 100);
    assertEquals(0, second.told, "the others are idle and not wanted");
    pools.release(b, 1);
    assertSame(b, second.got);
  }

  @Test
  void anyClientWithTheLabelIsLeased() {
    f.idle("a", 1, 0);
    PooledConnection b = f.labelled("b", "red", "big");
    PooledConnection c = f.labelled("c", "red");
    f.random.add(1);
    assertSame(c, f.lease("red"));
    assertSame(b, f.lease("red"));
    Asker third = f.asks("red", 100);
    Asker big = f.asks("big", 100);
    pools.release(c, 1);
    assertSame(c, third.got);
    assertNull(big.got);
    pools.release(b, 1);
    assertSame(b, big.got);
  }

  @Test
  void anIdGoesBeforeALabel() {
    PooledConnection labelled = f.labelled("a", "red");
    assertSame(labelled, f.lease("red"));
    pools.release(labelled, 1);
    PooledConnection named = f.idle("red", 1, 0);
    assertSame(named, f.lease("red"));
    Asker waits = f.asks("red", 100);
    assertEquals(0, waits.told);
    pools.remove(named);
    assertEquals(ProxyError.NO_CLIENT, waits.error);
    assertSame(labelled, f.lease("red"));
  }

  @Test
  void nobodyWaitsForAClientThatIsNotThere() {
    f.labelled("a", "red");
    for (String unknown : List.of("b", "blue", "A", "Red", "")) {
      Asker asker = f.asks(unknown, 100);
      assertEquals(ProxyError.NO_CLIENT, asker.error, unknown);
    }
    assertFalse(pools.hasClient("b"));
    assertTrue(pools.hasClient("a") && pools.hasClient("red") && pools.hasClient(null));
    assertEquals(0, pools.waiting());
  }

  @Test
  void aConnectionGoesToWhoHasWaitedLongestOfThoseItMayServe() {
    PooledConnection a = f.labelled("a", "red");
    PooledConnection b = f.labelled("b", "red");
    f.lease();
    f.lease();
    Asker general = f.asks(null, 100);
    Asker wantsA = f.asks("a", 100);
    Asker red = f.asks("red", 100);
    Asker late = f.asks(null, 100);
    pools.release(b, 1);
    assertSame(b, general.got);
    pools.release(b, 2);
    assertSame(b, red.got, "the one before it does not want b");
    pools.release(a, 3);
    assertSame(a, wantsA.got);
    pools.release(b, 4);
    assertSame(b, late.got);
  }

  @Test
  void whoComesASecondTimeKeepsItsPlaceAmongThoseWhoWaitElsewhere() {
    PooledConnection a = f.idle("a", 1, 0);
    f.lease();
    Asker general = f.asks(null, 200);
    Asker again = f.asks("a", 150);
    pools.release(a, 1);
    assertSame(a, again.got);
    assertNull(general.got);
  }

  @Test
  void whoHasLeftIsPassedOverWhateverItWanted() {
    PooledConnection a = f.idle("a", 1, 0);
    f.lease();
    Asker gone = f.asks("a", 100);
    Asker general = f.asks(null, 100);
    gone.gone = true;
    pools.release(a, 1);
    assertSame(a, general.got);
    assertEquals(0, gone.told);
  }

  @Test
  void deadlinesAreKeptOverAllWhoWait() {
    f.labelled("a", "red");
    f.idle("b", 1, 0);
    f.lease();
    f.lease();
    Asker third = f.asks("red", 130);
    Asker first = f.asks("a", 110);
    Asker fourth = f.asks(null, 140);
    Asker second = f.asks("b", 120);
    assertEquals(10, pools.waiters.expire(100));
    int told = 0;
    for (Asker a : List.of(first, second, third, fourth)) {
      assertNull(a.error);
      long next = pools.waiters.expire(110 + 10 * told++);
      assertEquals(ProxyError.NO_CONNECTION, a.error);
      assertEquals(told == 4 ? Long.MAX_VALUE : 10, next);
    }
    assertEquals(0, pools.waiting());
  }

  @Test
  void whoWaitsForALabelIsToldWhenItsLastClientLeavesAndNobodyElse() {
    PooledConnection a = f.labelled("a", "red");
    PooledConnection b = f.labelled("b", "red");
    f.idle("c", 1, 0);
    f.lease("a");
    f.lease("b");
    f.lease("c");
    Asker red = f.asks("red", 100);
    Asker wantsA = f.asks("a", 100);
    Asker general = f.asks(null, 100);
    pools.remove(a);
    assertEquals(ProxyError.NO_CLIENT, wantsA.error);
    assertEquals(0, red.told);
    pools.withdraw(c -> c == b);
    pools.release(b, 1);
    assertEquals(ProxyError.NO_CLIENT, red.error);
    assertEquals(0, general.told);
    assertEquals(1, pools.waiting());
    assertEquals(Map.of(), f.labels());
  }

  @Test
  void theLatestRegistrationSaysWhichLabelsAClientHas() {
    PooledConnection a = f.labelled("a", "red", "old");
    f.lease();
    Asker old = f.asks("old", 100);
    Asker red = f.asks("red", 100);
    f.labelled("b", "new");
    f.lease("b");
    Asker fresh = f.asks("new", 100);
    PooledConnection second = f.labelled("a", "red", "new");
    assertEquals(ProxyError.NO_CLIENT, old.error, "nobody has it any more");
    assertSame(second, red.got);
    assertEquals(0, fresh.told);
    assertEquals(List.of("red", "new"), f.labels().get("a"));
    pools.release(a, 1);
    assertSame(a, fresh.got, "an older connection serves the label, too");
  }

  @Test
  void aLabelThatComesServesWhoWaitsForItWithAllThatIsIdle() {
    f.labelled("a", "red");
    f.lease();
    List<Asker> waiting = List.of(f.asks("red", 100), f.asks("red", 100), f.asks("red", 100));
    PooledConnection b = f.idle("b", 1, 0);
    for (Asker w : waiting) assertEquals(0, w.told);
    PooledConnection second = f.labelled("b", "red");
    assertSame(second, waiting.get(0).got);
    assertSame(b, waiting.get(1).got);
    assertEquals(0, waiting.get(2).told);
  }

  @Test
  void allWhoWaitShareTheLimitAndADrainTellsThemAll() {
    PoolsFixture small = new PoolsFixture(9, 9, 2);
    small.idle("a", 1, 0);
    small.lease();
    Asker general = new Asker();
    Asker named = new Asker("a");
    Asker tooMany = new Asker("a");
    assertTrue(small.pools.waiters.lease(general, 1));
    assertTrue(small.pools.waiters.lease(named, 1));
    assertFalse(small.pools.waiters.lease(tooMany, 1));
    assertEquals(ProxyError.TOO_MANY_WAITING, tooMany.error);
    small.pools.drain();
    assertEquals(ProxyError.DRAINING, general.error);
    assertEquals(ProxyError.DRAINING, named.error);
  }

  /**
   * Looking at each who waits would be 2 · 10^10 steps here, some minutes of them; the limit is far
   * from both.
   */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void thousandsWhoWaitForOneClientDoNotSlowTheOthers() {
    PoolsFixture many = new PoolsFixture(100, 100, MANY + 1);
    PooledConnection busy = many.labelled("busy", "slow");
    many.lease();
    List<Asker> waiting = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      Asker asker = new Asker(i % 2 == 0 ? "busy" : "slow");
      waiting.add(asker);
      many.pools.waiters.lease(asker, 1_000_000_000L + i);
    }
    PooledConnection other = many.idle("other", 1, 0);
    for (int i = 0; i < 1_000_000; i++) {
      assertSame(other, many.lease());
      many.pools.release(other, i);
      many.pools.waiters.expire(i);
    }
    assertSame(other, many.lease());
    Asker general = new Asker();
    many.pools.waiters.lease(general, 2_000_000_000L);
    many.pools.release(other, 1);
    assertSame(other, general.got);
    for (Asker asker : waiting) {
      assertEquals(0, asker.told);
      many.pools.release(busy, 1);
      assertSame(busy, asker.got);
    }
    assertEquals(0, many.pools.waiting());
  }

  @Test
  void namesThatOnlyCallersKnowLeaveNothingBehind() {
    PooledConnection a = f.idle("a", 1, 0);
    for (int i = 0; i < MANY; i++) f.asks("unknown-" + i, 100);
    for (int i = 0; i < 100; i++) f.pools.remove(f.labelled("b" + i, "l" + i));
    assertEquals(Map.of(), f.labels());
    assertFalse(pools.hasClient("l7"));
    assertEquals(List.of(a), pools.all());
  }
}
