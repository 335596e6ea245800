package wsp.server.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wsp.server.failure.ProxyError;
import wsp.server.pool.PoolsFixture.Asker;

/** The pools, for those who want a certain client. */
class ChosenClientTest {
  private static final int MANY = 10_000;

  private final PoolsFixture f = new PoolsFixture(100, 100, 100);
  private final ClientPools pools = f.pools;

  private Asker asks(String wanted, long deadline) {
    Asker asker = new Asker(wanted);
    pools.lease(asker, deadline);
    return asker;
  }

  @Test
  void theClientWithTheIdIsLeasedHoweverManyOthersAreIdle() {
    f.idle("a", 1, 0);
    PooledConnection b = f.idle("b", 1, 0);
    f.idle("c", 1, 0);
    assertSame(b, f.lease("b"));
    Asker second = asks("b", 100);
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
    Asker third = asks("red", 100);
    Asker big = asks("big", 100);
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
    Asker waits = asks("red", 100);
    assertEquals(0, waits.told);
    pools.remove(named);
    assertEquals(ProxyError.NO_CLIENT, waits.error);
    assertSame(labelled, f.lease("red"));
  }

  @Test
  void nobodyWaitsForAClientThatIsNotThere() {
    f.labelled("a", "red");
    for (String unknown : List.of("b", "blue", "A", "Red", "")) {
      Asker asker = asks(unknown, 100);
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
    Asker general = asks(null, 100);
    Asker wantsA = asks("a", 100);
    Asker red = asks("red", 100);
    Asker late = asks(null, 100);
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
    Asker general = asks(null, 200);
    Asker again = asks("a", 150);
    pools.release(a, 1);
    assertSame(a, again.got);
    assertNull(general.got);
  }

  @Test
  void whoHasLeftIsPassedOverWhateverItWanted() {
    PooledConnection a = f.idle("a", 1, 0);
    f.lease();
    Asker gone = asks("a", 100);
    Asker general = asks(null, 100);
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
    Asker third = asks("red", 130);
    Asker first = asks("a", 110);
    Asker fourth = asks(null, 140);
    Asker second = asks("b", 120);
    assertEquals(10, pools.expire(100));
    int told = 0;
    for (Asker a : List.of(first, second, third, fourth)) {
      assertNull(a.error);
      long next = pools.expire(110 + 10 * told++);
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
    Asker red = asks("red", 100);
    Asker wantsA = asks("a", 100);
    Asker general = asks(null, 100);
    pools.remove(a);
    assertEquals(ProxyError.NO_CLIENT, wantsA.error);
    assertEquals(0, red.told);
    pools.withdraw(c -> c == b);
    pools.release(b, 1);
    assertEquals(ProxyError.NO_CLIENT, red.error);
    assertEquals(0, general.told);
    assertEquals(1, pools.waiting());
    assertEquals(Map.of(), labels(pools));
  }

  @Test
  void theLatestRegistrationSaysWhichLabelsAClientHas() {
    PooledConnection a = f.labelled("a", "red", "old");
    f.lease();
    Asker old = asks("old", 100);
    Asker red = asks("red", 100);
    f.labelled("b", "new");
    f.lease("b");
    Asker fresh = asks("new", 100);
    PooledConnection second = f.labelled("a", "red", "new");
    assertEquals(ProxyError.NO_CLIENT, old.error, "nobody has it any more");
    assertSame(second, red.got);
    assertEquals(0, fresh.told);
    assertEquals(List.of("red", "new"), labels(pools).get("a"));
    pools.release(a, 1);
    assertSame(a, fresh.got, "an older connection serves the label, too");
  }

  @Test
  void aLabelThatComesServesWhoWaitsForItWithAllThatIsIdle() {
    f.labelled("a", "red");
    f.lease();
    List<Asker> waiting = List.of(asks("red", 100), asks("red", 100), asks("red", 100));
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
    assertTrue(small.pools.lease(general, 1));
    assertTrue(small.pools.lease(named, 1));
    assertFalse(small.pools.lease(tooMany, 1));
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
      many.pools.lease(asker, 1_000_000_000L + i);
    }
    PooledConnection other = many.idle("other", 1, 0);
    for (int i = 0; i < 1_000_000; i++) {
      assertSame(other, many.lease());
      many.pools.release(other, i);
      many.pools.expire(i);
    }
    assertSame(other, many.lease());
    Asker general = new Asker();
    many.pools.lease(general, 2_000_000_000L);
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
    for (int i = 0; i < MANY; i++) asks("unknown-" + i, 100);
    for (int i = 0; i < 100; i++) f.pools.remove(f.labelled("b" + i, "l" + i));
    assertEquals(Map.of(), labels(pools));
    assertFalse(pools.hasClient("l7"));
    assertEquals(List.of(a), pools.all());
  }

  // ---- balance

  @Test
  void leastBusyTakesTheClientWithTheFewestBusyConnections() {
    f.balance(Balance.LEASTBUSY);
    for (int i = 0; i < 3; i++) f.idle("a", 3, 0);
    for (int i = 0; i < 3; i++) f.idle("b", 3, 0);
    List<String> leased = new ArrayList<>();
    f.random.addAll(List.of(1, 0, 1, 0, 1, 0));
    List<PooledConnection> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      PooledConnection c = f.lease();
      all.add(c);
      leased.add(c.clientId());
    }
    assertEquals(2, leased.stream().filter("a"::equals).count(), leased.toString());
    // Whoever has become less busy is the next, whatever chance says.
    for (PooledConnection c : all) if (c.clientId().equals("a")) pools.release(c, 1);
    f.random.addAll(List.of(1, 1));
    assertEquals("a", f.lease().clientId());
    assertEquals("a", f.lease().clientId());
  }

  @Test
  void leastBusyPassesOverWhoHasNothingIdle() {
    f.balance(Balance.LEASTBUSY);
    PooledConnection a = f.idle("a", 1, 0);
    assertSame(a, f.lease());
    for (int i = 0; i < 3; i++) f.idle("b", 3, 0);
    for (int i = 0; i < 3; i++) assertEquals("b", f.lease().clientId());
    Asker waits = asks(null, 100);
    assertEquals(0, waits.told);
  }

  @Test
  void leastBusyCountsAmongThoseOfALabelToo() {
    f.balance(Balance.LEASTBUSY);
    for (int i = 0; i < 2; i++) f.labelled("a", "red");
    for (int i = 0; i < 2; i++) f.labelled("b", "red");
    String first = f.lease("red").clientId();
    String second = f.lease("red").clientId();
    assertEquals(List.of("a", "b"), List.of(first, second).stream().sorted().toList());
  }

  @Test
  void theBalanceMayChangeAtAnyTime() {
    for (int i = 0; i < 4; i++) f.idle("a", 4, 0);
    for (int i = 0; i < 4; i++) f.idle("b", 4, 0);
    assertEquals("a", f.lease().clientId());
    assertEquals("a", f.lease().clientId());
    f.balance(Balance.LEASTBUSY);
    assertEquals("b", f.lease().clientId());
    assertEquals("b", f.lease().clientId());
    f.balance(Balance.RANDOM);
    f.random.addAll(List.of(0, 0));
    assertEquals(f.lease().clientId(), f.lease().clientId());
  }

  /** Any mix of events, against pools that are looked at one by one. */
  @Test
  void whateverHappensNobodyWaitsForWhatIsIdleAndTheLeastBusyIsNext() {
    Random random = new Random(4);
    PoolsFixture mix = new PoolsFixture(1000, 1000, 1000);
    mix.balance(Balance.LEASTBUSY);
    String[][] labels = {{}, {"red"}, {"red", "blue"}, {"blue"}};
    String[] names = {null, "c0", "c1", "c2", "c3", "red", "blue", "nobody"};
    List<PooledConnection> there = new ArrayList<>();
    List<Asker> asked = new ArrayList<>();
    for (int step = 0; step < 20_000; step++) {
      there.removeIf(c -> c.state == PooledConnection.State.CLOSED);
      PooledConnection any = there.isEmpty() ? null : there.get(random.nextInt(there.size()));
      int action = random.nextInt(10);
      if (action < 2 && there.size() < 12) {
        there.add(mix.labelled("c" + random.nextInt(4), labels[random.nextInt(4)]));
      } else if (action < 3 && any != null) {
        mix.pools.remove(any);
      } else if (action < 6 && any != null) {
        mix.pools.release(any, step);
      } else if (action < 9) {
        asked.add(leaseTheLeastBusy(mix, there, names[random.nextInt(names.length)], step));
      } else {
        mix.pools.sweep(step, 50);
      }
      asked.removeIf(a -> a.told > 0);
      assertEquals(asked.size(), mix.pools.waiting());
      for (Asker a : asked) assertEquals(List.of(), idle(mix, there, a.wanted()), a.wanted());
    }
  }

  private static Asker leaseTheLeastBusy(
      PoolsFixture mix, List<PooledConnection> there, String wanted, int step) {
    List<PooledConnection> idle = idle(mix, there, wanted);
    long fewest = idle.stream().mapToLong(c -> busy(there, c)).min().orElse(-1);
    Asker asker = new Asker(wanted);
    mix.pools.lease(asker, step + 20);
    assertEquals(idle.isEmpty(), asker.got == null);
    if (asker.got != null) {
      assertTrue(idle.contains(asker.got));
      assertEquals(fewest, busy(there, asker.got) - 1);
    }
    return asker;
  }

  private static long busy(List<PooledConnection> there, PooledConnection of) {
    return there.stream()
        .filter(c -> c.clientId().equals(of.clientId()))
        .filter(c -> c.state == PooledConnection.State.BUSY)
        .count();
  }

  private static List<PooledConnection> idle(
      PoolsFixture mix, List<PooledConnection> there, String wanted) {
    boolean id = there.stream().anyMatch(c -> alive(c) && c.clientId().equals(wanted));
    return there.stream()
        .filter(c -> c.state == PooledConnection.State.IDLE)
        .filter(
            c ->
                wanted == null
                    || (id
                        ? c.clientId().equals(wanted)
                        : labels(mix.pools).getOrDefault(c.clientId(), List.of()).contains(wanted)))
        .toList();
  }

  /** The labels of each client that has any, by its id. */
  private static Map<String, List<String>> labels(ClientPools pools) {
    Map<String, List<String>> labels = new HashMap<>();
    for (ClientCounts c : pools.clients())
      if (!c.labels().isEmpty()) labels.put(c.clientId(), c.labels());
    return labels;
  }

  private static boolean alive(PooledConnection c) {
    return c.state == PooledConnection.State.IDLE || c.state == PooledConnection.State.BUSY;
  }
}
