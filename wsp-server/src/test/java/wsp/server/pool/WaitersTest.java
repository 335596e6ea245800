package wsp.server.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import wsp.server.failure.ProxyError;
import wsp.server.pool.PoolsFixture.Asker;

/** Who waits for a connection, in which order, and for how long. */
class WaitersTest {
  private final PoolsFixture f = new PoolsFixture();
  private final ClientPools pools = f.pools;

  @Test
  void whereThereIsNoClientNobodyWaits() {
    Asker asker = new Asker();
    assertFalse(pools.waiters.lease(asker, 100));
    assertEquals(ProxyError.NO_CLIENT, asker.error);
  }

  @Test
  void waitersAreServedInOrder() {
    PooledConnection c = f.idle("a", 1, 0);
    f.lease();
    List<Asker> askers = List.of(new Asker(), new Asker(), new Asker());
    for (Asker a : askers) assertTrue(pools.waiters.lease(a, 100));
    for (Asker a : askers) {
      assertNull(a.got);
      pools.release(c, 5);
      assertSame(c, a.got);
    }
  }

  @Test
  void eachWaiterIsRefusedAtItsOwnDeadline() {
    f.idle("a", 1, 0);
    f.lease();
    Asker first = f.asks(100);
    Asker second = f.asks(150);
    assertEquals(50, pools.waiters.expire(50));
    assertEquals(1, pools.waiters.expire(99));
    assertNull(first.error);
    assertEquals(50, pools.waiters.expire(100));
    assertEquals(ProxyError.NO_CONNECTION, first.error);
    assertNull(second.error);
    assertEquals(Long.MAX_VALUE, pools.waiters.expire(150));
    assertEquals(ProxyError.NO_CONNECTION, second.error);
    assertEquals(1, first.told + second.told - 1);
  }

  @Test
  void whoComesASecondTimeKeepsItsPlace() {
    PooledConnection c = f.idle("a", 1, 0);
    f.lease();
    Asker late = f.asks(200);
    Asker again = f.asks(100);
    assertEquals(50, pools.waiters.expire(50));
    pools.release(c, 60);
    assertSame(c, again.got);
    assertNull(late.got);
  }

  @Test
  void aWaiterThatHasLeftIsPassedOver() {
    PooledConnection c = f.idle("a", 1, 0);
    f.lease();
    Asker gone = f.asks(100);
    Asker here = f.asks(100);
    gone.gone = true;
    pools.release(c, 5);
    assertSame(c, here.got);
    assertEquals(0, gone.told);
  }

  @Test
  void aConnectionThatNobodyWantsAnyMoreIsIdleAgain() {
    PooledConnection c = f.idle("a", 0, 0);
    f.lease();
    for (int i = 0; i < 50_000; i++) {
      Asker gone = new Asker();
      gone.gone = true;
      if (i < 100) pools.waiters.lease(gone, 100);
    }
    pools.release(c, 7);
    assertEquals(new PoolCounts(1, 1, 0), pools.counts());
    pools.sweep(16, 10);
    assertEquals(1, pools.counts().idle());
    pools.sweep(17, 10);
    assertEquals(0, pools.counts().idle());
  }

  @Test
  void waitersThatHaveAllLeftDoNotNestTheirCalls() {
    PoolsFixture many = new PoolsFixture(10, 10, 1_000_000);
    PooledConnection c = many.idle("a", 1, 0);
    many.lease();
    for (int i = 0; i < 200_000; i++) {
      Asker gone = new Asker();
      gone.gone = true;
      many.pools.waiters.lease(gone, 100);
    }
    many.pools.release(c, 1);
    assertEquals(1, many.pools.counts().idle());
  }

  @Test
  void waitersHaveAMaximum() {
    PoolsFixture small = new PoolsFixture(3, 2, 1);
    small.idle("a", 1, 0);
    small.lease();
    assertTrue(small.pools.waiters.lease(new Asker(), 100));
    Asker tooMany = new Asker();
    assertFalse(small.pools.waiters.lease(tooMany, 100));
    assertEquals(ProxyError.TOO_MANY_WAITING, tooMany.error);
  }

  @Test
  void whoGivesUpLeavesItsPlaceToTheNext() {
    PoolsFixture small = new PoolsFixture(3, 2, 1);
    PooledConnection a = small.idle("a", 1, 0);
    small.lease();
    for (String wanted : new String[] {null, "a"}) {
      Asker left = new Asker(wanted);
      assertTrue(small.pools.waiters.lease(left, 100));
      small.pools.waiters.giveUp(left);
      small.pools.waiters.giveUp(left);
      assertEquals(0, small.pools.waiting());
      assertEquals(0, left.told);
      Asker next = new Asker(wanted);
      assertTrue(small.pools.waiters.lease(next, 100));
      small.pools.release(a, 1);
      assertSame(a, next.got);
      assertEquals(0, left.told);
    }
  }

  @Test
  void waitersAreToldWhenTheLastClientGoes() {
    PooledConnection a = f.idle("a", 1, 0);
    PooledConnection b = f.idle("b", 1, 0);
    f.lease();
    f.lease();
    Asker asker = f.asks(100);
    pools.remove(a);
    assertEquals(0, asker.told);
    pools.remove(b);
    assertEquals(ProxyError.NO_CLIENT, asker.error);
  }

  @Test
  void aNewConnectionServesWhoWaits() {
    f.idle("a", 1, 0);
    f.lease();
    Asker asker = f.asks(100);
    PooledConnection fresh = f.idle("b", 1, 0);
    assertSame(fresh, asker.got);
  }

  @Test
  void aWaiterMayLeaseAndReleaseFromWithinItsCall() {
    PooledConnection c = f.idle("a", 1, 0);
    AtomicReference<PooledConnection> inner = new AtomicReference<>();
    pools.waiters.lease(
        new Asker() {
          @Override
          public boolean leased(Lease lease) {
            pools.release((PooledConnection) lease, 1);
            inner.set(f.lease());
            return true;
          }
        },
        1);
    assertSame(c, inner.get());
    assertEquals(new PoolCounts(1, 0, 1), pools.counts());
  }

  private static final class Failing extends Asker {
    @Override
    public boolean leased(Lease lease) {
      throw new IllegalStateException("for a test");
    }

    @Override
    public void refused(ProxyError why) {
      throw new IllegalStateException("for a test");
    }
  }

  @Test
  void oneThatFailsKeepsNothingFromThoseBehindIt() {
    PooledConnection c = f.idle("a", 1, 0);
    f.lease();
    pools.waiters.lease(new Failing(), 50);
    Asker second = f.asks(50);
    assertEquals(Long.MAX_VALUE, pools.waiters.expire(60));
    assertEquals(ProxyError.NO_CONNECTION, second.error);
    pools.waiters.lease(new Failing(), 100);
    pools.release(c, 70);
    assertEquals(0, pools.counts().busy(), "nobody knows how far it is used");
  }
}
