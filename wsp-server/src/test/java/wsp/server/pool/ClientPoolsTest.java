package wsp.server.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.junit.jupiter.api.Test;
import wsp.server.failure.ProxyError;
import wsp.server.pool.PoolsFixture.Asker;
import wsp.tunnel.Reset;

class ClientPoolsTest {
  private final PoolsFixture f = new PoolsFixture();
  private final ClientPools pools = f.pools;

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
    pools.waiters.lease(new Looking(), 1);
    pools.waiters.lease(new Looking(), 1);
    pools.waiters.expire(1);
    pools.waiters.lease(new Looking(), 1);
    pools.release(c, 1);
    pools.release(c, 1);
    pools.sweep(100, 1);
    PooledConnection d = f.idle("a", 1, 0);
    pools.waiters.lease(new Looking(), 1);
    pools.waiters.lease(new Looking(), 1);
    pools.remove(d);
    f.idle("b", 1, 0);
    pools.waiters.lease(new Looking(), 1);
    pools.waiters.lease(new Looking(), 1);
    pools.drain();
    pools.waiters.lease(new Looking(), 1);
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
