package wsp.server.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.server.failure.ProxyError;
import wsp.server.keys.KeyDigest;
import wsp.server.keys.NamedKey;
import wsp.server.pool.PoolsFixture.Asker;

/** A client that has lost its last connection is waited for, for 30; one that never was is not. */
class ExpectedClientsTest {
  private final PoolsFixture f = new PoolsFixture();
  private final ClientPools pools = f.pools;

  @BeforeEach
  void expect() {
    f.expect(30);
  }

  /** Was here with the label red until an instant. */
  private void wasHere(String id, long until) {
    pools.remove(f.labelled(id, "red"), true, until);
  }

  @ParameterizedTest
  @CsvSource(
      value = {"-", "a", "red"},
      nullValues = "-")
  void whoWaitsGoesOnWaitingAndIsServedWhenItIsBack(String wanted) {
    PooledConnection busy = f.labelled("a", "red");
    f.lease();
    Asker before = f.asks(wanted, 100);
    pools.remove(busy, true, 0);
    Asker after = f.asks(wanted, 101);
    assertEquals(0, before.told + after.told);
    PooledConnection back = f.labelled("a", "red");
    assertSame(back, before.got);
    assertEquals(0, after.told);
    pools.release(back, 1);
    assertSame(back, after.got);
  }

  @Test
  void aRestartUnderANewIdServesWhoWantsItsLabelOrAny() {
    wasHere("a", 0);
    Asker any = f.asks(null, 100);
    Asker red = f.asks("red", 100);
    Asker same = f.asks("a", 100);
    PooledConnection other = f.labelled("b", "red");
    assertSame(other, any.got);
    pools.release(other, 1);
    assertSame(other, red.got);
    assertEquals(0, same.told);
  }

  @Test
  void oneThatNeverWasIsRefusedAtOnce() {
    wasHere("a", 0);
    for (String never : List.of("b", "blue", "Red")) {
      assertEquals(ProxyError.NO_CLIENT, f.asks(never, 100).error, never);
      assertFalse(pools.hasClient(never));
    }
    for (String was : new String[] {"a", "red", null}) assertTrue(pools.hasClient(was));
  }

  @ParameterizedTest
  @CsvSource(
      value = {"-", "a", "red"},
      nullValues = "-")
  void itsTimeIsOverForThoseWhoComeButNotForThoseWhoWait(String wanted) {
    wasHere("a", 0);
    Asker early = f.asks(wanted, 100);
    pools.sweep(29, 1000);
    Asker last = f.asks(wanted, 101);
    pools.sweep(30, 1000);
    assertEquals(0, early.told + last.told);
    assertEquals(ProxyError.NO_CLIENT, f.asks(wanted, 102).error);
    pools.sweep(100, 1000);
    assertEquals(ProxyError.NO_CLIENT, early.error);
    assertSame(f.labelled("a", "red"), last.got);
    assertTrue(pools.hasClient(wanted));
  }

  @Test
  void whoWaitedInVainIsToldThatThereIsNoClientNotThatAllAreBusy() {
    wasHere("a", 0);
    Asker alone = f.asks("a", 10);
    f.idle("b", 1, 0);
    f.lease("b");
    Asker busy = f.asks("b", 10);
    pools.waiters.expire(10);
    assertEquals(ProxyError.NO_CLIENT, alone.error);
    assertEquals(ProxyError.NO_CONNECTION, busy.error);
  }

  @Test
  void nothingOfItIsLeftWhenItsTimeIsOver() {
    wasHere("a", 0);
    pools.sweep(30, 1000);
    for (String was : new String[] {"a", "red", null}) {
      assertFalse(pools.hasClient(was));
      assertEquals(ProxyError.NO_CLIENT, f.asks(was, 100).error);
    }
  }

  @Test
  void itIsNotCountedAndNotShown() {
    wasHere("a", 0);
    assertEquals(new PoolCounts(0, 0, 0), pools.counts());
    assertEquals(List.of(), pools.clients());
    assertEquals(List.of(), pools.all());
    f.labelled("a", "red");
    assertEquals(new PoolCounts(1, 1, 0), pools.counts());
    assertEquals(1, pools.clients().size());
  }

  @Test
  void aLabelThatItHasNoMoreIsNotWaitedFor() {
    wasHere("a", 0);
    Asker red = f.asks("red", 100);
    f.labelled("a", "blue");
    assertEquals(ProxyError.NO_CLIENT, red.error);
    assertEquals(ProxyError.NO_CLIENT, f.asks("red", 100).error);
  }

  @Test
  void oneWhoseKeyWasWithdrawnIsNotExpectedBack() {
    f.labelled("a", "red");
    f.lease();
    Asker waits = f.asks("red", 100);
    f.labelled("a", "red");
    Asker more = f.asks("a", 100);
    pools.withdraw(c -> true);
    for (PooledConnection c : pools.all()) pools.release(c, 1);
    assertTrue(waits.got != null);
    assertEquals(ProxyError.NO_CLIENT, more.error);
    assertFalse(pools.hasClient(null));
  }

  @Test
  void oneThatGaveNoSignOfLifeIsNotExpectedBack() {
    PooledConnection silent = f.labelled("a", "red");
    pools.remove(silent, false, 0);
    pools.remove(silent);
    assertFalse(pools.hasClient("a") || pools.hasClient("red") || pools.hasClient(null));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aDrainTellsWhoWaitsForIt(boolean late) {
    wasHere("a", 0);
    Asker waits = f.asks("a", 100);
    if (late) pools.sweep(30, 1000);
    pools.drain();
    assertEquals(ProxyError.DRAINING, waits.error);
    assertFalse(pools.hasClient("a"));
  }

  @Test
  void aThousandAreExpectedAndNoMore() {
    Asker first = null;
    for (int i = 0; i <= ExpectedClients.MOST; i++) {
      PooledConnection c = f.labelled("c" + i, "l" + i);
      pools.remove(c, true, i);
      if (i == 0) first = f.asks("c0", 1_000_000);
    }
    assertEquals(ProxyError.NO_CLIENT, first.error);
    assertFalse(pools.hasClient("c0") || pools.hasClient("l0"));
    assertTrue(pools.hasClient("c1") && pools.hasClient("l1000"));
    assertNull(f.asks("c1", 1_000_000).error);
  }

  /** Was here for so long, and left at 100. */
  private void wasHere(String id, String key, String address, long nanos) {
    PooledConnection c = f.connection(id, new NamedKey(key, KeyDigest.of("")));
    PoolsFixture.socket(c).network = address;
    assertNull(pools.register(c, id, 1, 100 - nanos));
    pools.remove(c, true, 100);
  }

  @ParameterizedTest
  @CsvSource({
    "a's, near, 1, it was here for a shorter time",
    "b's, near, 50, it has another key",
    "a's, far, 50, it has another address",
    "b's, far, 50, it has both",
  })
  void aCrowdOfIdsPushesOutItsOwn(String key, String address, long nanos, String why) {
    wasHere("a", "a's", "near", 2);
    Asker waits = f.asks("a", 1_000_000);
    for (int i = 0; i < ExpectedClients.MOST + 10; i++) wasHere("c" + i, key, address, nanos);
    assertTrue(pools.hasClient("a"), why);
    assertEquals(0, waits.told);
    assertFalse(pools.hasClient("c0"));
  }

  @Test
  void whatAClientWasHereForIsTheSumOfAllItsTimes() {
    for (int i = 0; i < 3; i++) wasHere("a", "a's", "near", 4);
    for (int i = 0; i < ExpectedClients.MOST; i++) wasHere("c" + i, "a's", "near", 10);
    assertTrue(pools.hasClient("a"));
    assertFalse(pools.hasClient("c0"));
  }

  @Test
  void aMaintenanceThatPassesManyTimesDoesNotProlongIt() {
    wasHere("a", 0);
    for (int now = 1; now < 30; now++) pools.sweep(now, 1000);
    assertTrue(pools.hasClient("a"));
    pools.sweep(30, 1000);
    assertFalse(pools.hasClient("a"));
  }
}
