package wsp.server.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import wsp.server.pool.PoolsFixture.Asker;

/** Which of several clients with an idle connection is the next. */
class BalanceTest {
  private final PoolsFixture f = new PoolsFixture(100, 100, 100);
  private final ClientPools pools = f.pools;

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
    Asker waits = f.asks(null, 100);
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
    mix.pools.waiters.lease(asker, step + 20);
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
                        : mix.labels().getOrDefault(c.clientId(), List.of()).contains(wanted)))
        .toList();
  }

  private static boolean alive(PooledConnection c) {
    return c.state == PooledConnection.State.IDLE || c.state == PooledConnection.State.BUSY;
  }
}
