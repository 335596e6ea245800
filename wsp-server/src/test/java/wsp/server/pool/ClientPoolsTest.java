package wsp.server.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static wsp.server.pool.PoolsFixture.socket;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import wsp.server.failure.ProxyError;
import wsp.server.pool.PoolsFixture.Asker;
import wsp.tunnel.Reset;

class ClientPoolsTest {
  private final PoolsFixture f = new PoolsFixture();
  private final ClientPools pools = f.pools;

  @Test
  void whereThereIsNoClientNobodyWaits() {
    Asker asker = new Asker();
    assertFalse(pools.lease(asker, 100));
    assertEquals(ProxyError.NO_CLIENT, asker.error);
  }

  @Test
  void anIdleConnectionIsLeasedAtOnceAndThenBusy() {
    PooledConnection c = f.idle("a", 1, 0);
    assertEquals(new PoolCounts(1, 1, 0), pools.counts());
    assertSame(c, f.lease());
    assertEquals(new PoolCounts(1, 0, 1), pools.counts());
    pools.release(c, 10);
    assertEquals(new PoolCounts(1, 1, 0), pools.counts());
  }

  @Test
  void oneOfTheAskersThreadGoesBeforeOneUsedLater() {
    PooledConnection first = f.idle("a", 3, 0);
    PooledConnection near = f.idle("a", 3, 1);
    PooledConnection last = f.idle("a", 3, 2);
    socket(near).near = true;
    assertSame(near, f.lease());
    assertSame(last, f.lease());
    assertSame(first, f.lease());
    assertEquals(new PoolCounts(1, 0, 3), pools.counts());
  }

  @Test
  void waitersAreServedInOrder() {
    PooledConnection c = f.idle("a", 1, 0);
    f.lease();
    List<Asker> askers = List.of(new Asker(), new Asker(), new Asker());
    for (Asker a : askers) assertTrue(pools.lease(a, 100));
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
    Asker first = new Asker();
    Asker second = new Asker();
    pools.lease(first, 100);
    pools.lease(second, 150);
    assertEquals(50, pools.expire(50));
    assertEquals(1, pools.expire(99));
    assertNull(first.error);
    assertEquals(50, pools.expire(100));
    assertEquals(ProxyError.NO_CONNECTION, first.error);
    assertNull(second.error);
    assertEquals(Long.MAX_VALUE, pools.expire(150));
    assertEquals(ProxyError.NO_CONNECTION, second.error);
    assertEquals(1, first.told + second.told - 1);
  }

  @Test
  void whoComesASecondTimeKeepsItsPlace() {
    PooledConnection c = f.idle("a", 1, 0);
    f.lease();
    Asker late = new Asker();
    Asker again = new Asker();
    pools.lease(late, 200);
    pools.lease(again, 100);
    assertEquals(50, pools.expire(50));
    pools.release(c, 60);
    assertSame(c, again.got);
    assertNull(late.got);
  }

  @Test
  void aWaiterThatHasLeftIsPassedOver() {
    PooledConnection c = f.idle("a", 1, 0);
    f.lease();
    Asker gone = new Asker();
    Asker here = new Asker();
    pools.lease(gone, 100);
    pools.lease(here, 100);
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
      if (i < 100) pools.lease(gone, 100);
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
      many.pools.lease(gone, 100);
    }
    many.pools.release(c, 1);
    assertEquals(1, many.pools.counts().idle());
  }

  @Test
  void theLeaseGoesToARandomClientOfThoseWithAnIdleConnection() {
    PooledConnection a = f.idle("a", 2, 0);
    PooledConnection b = f.idle("b", 2, 0);
    PooledConnection c = f.idle("c", 2, 0);
    Collections.addAll(f.random, 1, 1, 0);
    assertSame(b, f.lease());
    assertSame(c, f.lease());
    assertSame(a, f.lease());
  }

  @Test
  void everyClientGetsItsShareWhateverItsNumberOfConnections() {
    Random random = new Random(3);
    PoolsFixture spread = new PoolsFixture();
    spread.idle("small", 1, 0);
    for (int i = 0; i < 20; i++) spread.idle("large", 20, 0);
    int small = 0;
    for (int i = 0; i < 1000; i++) {
      spread.random.add(random.nextInt(2));
      PooledConnection c = spread.lease();
      if (c.clientId().equals("small")) small++;
      spread.pools.release(c, i);
    }
    assertTrue(small > 400 && small < 600, "small had " + small);
  }

  @Test
  void theConnectionUsedLastIsLeasedFirst() {
    PooledConnection old = f.idle("a", 2, 0);
    PooledConnection young = f.idle("a", 2, 1);
    assertSame(young, f.lease());
    pools.release(young, 2);
    assertSame(young, f.lease());
    assertSame(old, f.lease());
  }

  @Test
  void waitersHaveAMaximum() {
    PoolsFixture small = new PoolsFixture(3, 2, 1);
    small.idle("a", 1, 0);
    small.lease();
    assertTrue(small.pools.lease(new Asker(), 100));
    Asker tooMany = new Asker();
    assertFalse(small.pools.lease(tooMany, 100));
    assertEquals(ProxyError.TOO_MANY_WAITING, tooMany.error);
  }

  @Test
  void whoGivesUpLeavesItsPlaceToTheNext() {
    PoolsFixture small = new PoolsFixture(3, 2, 1);
    PooledConnection a = small.idle("a", 1, 0);
    small.lease();
    for (String wanted : new String[] {null, "a"}) {
      Asker left = new Asker(wanted);
      assertTrue(small.pools.lease(left, 100));
      small.pools.giveUp(left);
      small.pools.giveUp(left);
      assertEquals(0, small.pools.waiting());
      assertEquals(0, left.told);
      Asker next = new Asker(wanted);
      assertTrue(small.pools.lease(next, 100));
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
    Asker asker = new Asker();
    pools.lease(asker, 100);
    pools.remove(a);
    assertEquals(0, asker.told);
    pools.remove(b);
    assertEquals(ProxyError.NO_CLIENT, asker.error);
  }

  @Test
  void aNewConnectionServesWhoWaits() {
    f.idle("a", 1, 0);
    f.lease();
    Asker asker = new Asker();
    pools.lease(asker, 100);
    PooledConnection fresh = f.idle("b", 1, 0);
    assertSame(fresh, asker.got);
  }

  /** Another thread must be able to use the pools while anybody is called. */
  private void assertUnlocked() {
    try {
      CompletableFuture.supplyAsync(pools::counts).get(5, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("called under the lock", e);
    }
  }

  @Test
  void nobodyIsCalledUnderTheLock() {
    List<String> called = Collections.synchronizedList(new ArrayList<>());
    class Looking extends Asker {
      @Override
      public boolean leased(Lease lease) {
        assertUnlocked();
        called.add("leased");
        return super.leased(lease);
      }

      @Override
      public void refused(ProxyError why) {
        assertUnlocked();
        called.add(why.name());
        super.refused(why);
      }
    }
    PooledConnection c = f.idle("a", 0, 0);
    socket(c).onClose =
        () -> {
          assertUnlocked();
          called.add("closed");
        };
    pools.lease(new Looking(), 1);
    pools.lease(new Looking(), 1);
    pools.expire(1);
    pools.lease(new Looking(), 1);
    pools.release(c, 1);
    pools.release(c, 1);
    pools.sweep(100, 1);
    PooledConnection d = f.idle("a", 1, 0);
    pools.lease(new Looking(), 1);
    pools.lease(new Looking(), 1);
    pools.remove(d);
    f.idle("b", 1, 0);
    pools.lease(new Looking(), 1);
    pools.lease(new Looking(), 1);
    pools.drain();
    pools.lease(new Looking(), 1);
    assertEquals(
        List.of(
            "leased",
            "NO_CONNECTION",
            "leased",
            "closed",
            "leased",
            "NO_CLIENT",
            "leased",
            "DRAINING",
            "DRAINING"),
        called);
  }

  @Test
  void aWaiterMayLeaseAndReleaseFromWithinItsCall() {
    PooledConnection c = f.idle("a", 1, 0);
    AtomicReference<PooledConnection> inner = new AtomicReference<>();
    pools.lease(
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

  /** Whatever order they come back and go in, none is lost and none is there twice. */
  @Test
  void manyConnectionsComeAndGoInAnyOrder() {
    Random random = new Random(11);
    List<PooledConnection> idle = new ArrayList<>();
    List<PooledConnection> busy = new ArrayList<>();
    for (int i = 0; i < 50; i++) idle.add(f.idle("a", 1000, i));
    for (int step = 0; step < 20_000; step++) {
      if (!idle.isEmpty() && random.nextInt(100) < 50) {
        PooledConnection leased = f.lease();
        assertTrue(idle.remove(leased), "it was idle");
        busy.add(leased);
      } else if (!busy.isEmpty()) {
        PooledConnection c = busy.remove(random.nextInt(busy.size()));
        if (random.nextInt(100) < 95) {
          pools.release(c, step);
          idle.add(c);
        } else {
          pools.remove(c);
          idle.add(f.idle("a", 1000, step));
        }
      }
      assertEquals(new PoolCounts(1, idle.size(), busy.size()), pools.counts());
    }
    List<PooledConnection> all = new ArrayList<>(idle);
    all.addAll(busy);
    assertEquals(new HashSet<>(all), new HashSet<>(pools.all()));
    assertEquals(50, pools.all().size());
  }

  @Test
  void aConnectionThatIsDiscardedBeforeItsStreamOpensIsClosed() {
    PooledConnection c = f.idle("a", 1, 0);
    f.lease().discard(Reset.CANCELLED);
    assertFalse(socket(c).isOpen(), "it is in no pool, and nobody else would close it");
    assertEquals(new PoolCounts(0, 0, 0), pools.counts());
  }
}
