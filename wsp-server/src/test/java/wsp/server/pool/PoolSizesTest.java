package wsp.server.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static wsp.server.pool.PoolsFixture.socket;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import wsp.server.failure.ProxyError;
import wsp.server.pool.PoolsFixture.Asker;

/** How many connections stay, and how they go. */
class PoolSizesTest {
  private final PoolsFixture f = new PoolsFixture();
  private final ClientPools pools = f.pools;

  @Test
  void onlyTheSurplusIsEvictedAndOnlyAfterTheTimeout() {
    PooledConnection first = f.idle("a", 2, 0);
    PooledConnection second = f.idle("a", 2, 50);
    PooledConnection third = f.idle("a", 2, 60);
    PooledConnection fourth = f.idle("a", 2, 149);
    pools.sweep(50, 100);
    pools.sweep(99, 100);
    assertEquals(4, pools.counts().idle());
    pools.sweep(100, 100);
    assertEquals(1000, socket(first).closeCode);
    assertEquals(3, pools.counts().idle());
    pools.sweep(149, 100);
    assertEquals(3, pools.counts().idle());
    pools.sweep(150, 100);
    assertEquals(1000, socket(second).closeCode);
    pools.sweep(100_000, 100);
    assertEquals(2, pools.counts().idle());
    assertTrue(third.socket().isOpen() && fourth.socket().isOpen());
  }

  @Test
  void theLatestGreetingSaysHowManyMayBeIdle() {
    for (int i = 0; i < 3; i++) f.idle("a", 3, 0);
    f.idle("a", 1, 0);
    pools.sweep(100, 100);
    assertEquals(1, pools.counts().idle());
  }

  @Test
  void anEmptyPoolGoes() {
    f.idle("a", 0, 0);
    pools.sweep(100, 100);
    assertEquals(new PoolCounts(0, 0, 0), pools.counts());
    Asker asker = new Asker();
    pools.waiters.lease(asker, 100);
    assertEquals(ProxyError.NO_CLIENT, asker.error);
  }

  @Test
  void connectionsHaveAMaximumPerClientAndInAll() {
    PoolsFixture small = new PoolsFixture(3, 2, 1);
    small.idle("a", 1, 0);
    PooledConnection second = small.idle("a", 1, 0);
    assertNotNull(small.pools.register(small.connection("a"), "a", 1, 0));
    small.idle("b", 1, 0);
    assertNotNull(small.pools.register(small.connection("c"), "c", 1, 0));
    small.pools.remove(second);
    assertNull(small.pools.register(small.connection("c"), "c", 1, 0));
    assertEquals(new PoolCounts(3, 3, 0), small.pools.counts());
  }

  @Test
  void aConnectionThatDiesIsForgottenWhateverItDoes() {
    PooledConnection idle = f.idle("a", 1, 0);
    PooledConnection greeting = f.connection("a");
    pools.remove(greeting);
    assertNotNull(pools.register(greeting, "a", 1, 0), "closed before it registered");
    pools.remove(idle);
    pools.remove(idle);
    PooledConnection busy = f.idle("b", 1, 0);
    f.lease();
    pools.remove(busy);
    pools.release(busy, 1);
    assertEquals(new PoolCounts(0, 0, 0), pools.counts());
    assertEquals(List.of(), pools.all());
  }

  @Test
  void aDrainClosesWhatIsIdleAndTheRestWhenItIsReleased() throws Exception {
    PooledConnection busy = f.idle("a", 2, 0);
    f.lease();
    PooledConnection idle = f.idle("a", 2, 0);
    PooledConnection busyToo = f.lease();
    assertSame(idle, busyToo);
    PooledConnection reallyIdle = f.idle("b", 1, 0);
    pools.drain();
    assertEquals(1001, socket(reallyIdle).closeCode);
    assertFalse(pools.awaitEmpty(0));
    Asker asker = new Asker();
    pools.waiters.lease(asker, 100);
    assertEquals(ProxyError.DRAINING, asker.error);
    assertNotNull(pools.register(f.connection("c"), "c", 1, 0));
    pools.release(busy, 1);
    assertEquals(1001, socket(busy).closeCode);
    pools.remove(busyToo);
    assertTrue(pools.awaitEmpty(0));
  }

  @Test
  void aDrainTellsWhoWaits() {
    f.idle("a", 1, 0);
    f.lease();
    Asker asker = new Asker();
    pools.waiters.lease(asker, 100);
    pools.drain();
    assertEquals(ProxyError.DRAINING, asker.error);
  }

  @Test
  void whoAwaitsAnEmptyPoolIsWoken() throws Exception {
    PooledConnection busy = f.idle("a", 1, 0);
    f.lease();
    CompletableFuture<Boolean> empty =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return pools.awaitEmpty(TimeUnit.SECONDS.toNanos(20));
              } catch (InterruptedException e) {
                return false;
              }
            });
    pools.drain();
    pools.remove(busy);
    assertTrue(empty.get(5, TimeUnit.SECONDS));
  }
}
