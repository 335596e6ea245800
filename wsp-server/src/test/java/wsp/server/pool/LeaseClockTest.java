package wsp.server.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import wsp.server.failure.ProxyError;
import wsp.server.pool.PoolsFixture.Asker;

class LeaseClockTest {
  /** Keeps the alarms, for the test to ring. */
  private static final class Alarms extends ScheduledThreadPoolExecutor {
    final Deque<Runnable> set = new ArrayDeque<>();

    Alarms() {
      super(0);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
      set.add(task);
      return super.schedule(() -> {}, 1, TimeUnit.DAYS);
    }
  }

  private final PoolsFixture f = new PoolsFixture(100, 100, 100_000);

  @AutoClose("shutdownNow")
  private final Alarms alarms = new Alarms();

  private LeaseClock busyPool(Duration timeout) {
    f.idle("a", 1, 0);
    f.lease();
    return new LeaseClock(f.pools, timeout, alarms);
  }

  @Test
  void thereIsOneAlarmHoweverManyWait() {
    LeaseClock clock = busyPool(Duration.ofHours(1));
    for (int i = 0; i < 10; i++) clock.lease(new Asker(), clock.deadline());
    assertEquals(1, alarms.set.size());
    alarms.set.remove().run();
    assertEquals(1, alarms.set.size(), "set again, since all still wait");
  }

  @Test
  void whoIsServedAtOnceNeedsNoAlarm() {
    f.idle("a", 1, 0);
    LeaseClock clock = new LeaseClock(f.pools, Duration.ofHours(1), alarms);
    Asker asker = new Asker();
    clock.lease(asker, clock.deadline());
    assertNotNull(asker.got);
    assertEquals(0, alarms.set.size());
  }

  @Test
  void theAlarmEndsWithTheLastWaiterAndComesWithTheNext() {
    LeaseClock clock = busyPool(Duration.ZERO);
    for (int round = 0; round < 3; round++) {
      Asker asker = new Asker();
      clock.lease(asker, clock.deadline());
      assertEquals(1, alarms.set.size());
      alarms.set.remove().run();
      assertEquals(ProxyError.NO_CONNECTION, asker.error);
      assertEquals(0, alarms.set.size());
    }
  }

  @Test
  void whoBeginsToWaitWhileTheAlarmRingsGetsAnother() {
    LeaseClock clock = busyPool(Duration.ZERO);
    Asker late = new Asker();
    Asker first =
        new Asker() {
          @Override
          public void refused(ProxyError why) {
            // The alarm has looked at the waiters already, and still counts as set.
            clock.lease(late, clock.deadline() + TimeUnit.HOURS.toNanos(1));
          }
        };
    clock.lease(first, clock.deadline());
    alarms.set.remove().run();
    assertEquals(1, alarms.set.size());
    assertEquals(0, late.told);
  }

  @Test
  void everyWaiterIsToldOnceInTimeHoweverManyComeAtOnce() throws Exception {
    ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      f.idle("a", 1, 0);
      f.lease();
      LeaseClock clock = new LeaseClock(f.pools, Duration.ofMillis(1), timer);
      int each = 2000;
      CountDownLatch untold = new CountDownLatch(4 * each);
      List<Asker> askers = new ArrayList<>();
      for (int i = 0; i < 4 * each; i++) {
        askers.add(
            new Asker() {
              @Override
              public void refused(ProxyError why) {
                super.refused(why);
                untold.countDown();
              }
            });
      }
      for (int t = 0; t < 4; t++) {
        List<Asker> mine = askers.subList(t * each, (t + 1) * each);
        threads.execute(
            () -> {
              for (Asker a : mine) {
                clock.lease(a, clock.deadline());
                if (a.hashCode() % 64 == 0) Thread.yield();
              }
            });
      }
      assertTrue(untold.await(10, TimeUnit.SECONDS), untold.getCount() + " still wait");
      for (Asker a : askers) assertEquals(1, a.told);
    } finally {
      threads.shutdownNow();
      timer.shutdownNow();
    }
  }
}
