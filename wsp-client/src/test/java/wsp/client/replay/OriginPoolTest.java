package wsp.client.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.client.origin.Route;

class OriginPoolTest {
  private static final Route A = new Route(false, "a.test", 80);
  private static final Route B = new Route(false, "b.test", 80);

  private static final int MOST = 100;

  private final OriginPool pool = new OriginPool(MOST);

  private long made;

  private static final class Fake implements OriginPool.Idle {
    private final Route route;
    private final KeepAlive keepAlive;
    int closed;
    boolean near;

    Fake(Route route, long since, long expiresAt) {
      this.route = route;
      this.keepAlive = new KeepAlive(Duration.ofNanos(expiresAt - since));
      var unused = keepAlive.from(since, -1);
    }

    @Override
    public Route route() {
      return route;
    }

    @Override
    public KeepAlive keepAlive() {
      return keepAlive;
    }

    @Override
    public boolean isNear() {
      return near;
    }

    @Override
    public void close() {
      closed++;
    }
  }

  private Fake idle(Route route, long expiresAt) {
    Fake fake = new Fake(route, made++, expiresAt);
    pool.release(fake);
    return fake;
  }

  @Test
  void theOneUsedLastIsTakenFirstAndOnce() {
    Fake first = idle(A, 100);
    Fake second = idle(A, 101);
    assertSame(second, pool.lease(A, 50));
    assertSame(first, pool.lease(A, 50));
    assertNull(pool.lease(A, 50));
  }

  @Test
  void oneOfTheSameThreadIsTakenBeforeOneUsedLater() {
    Fake first = idle(A, 100);
    Fake near = idle(A, 101);
    Fake last = idle(A, 102);
    near.near = true;
    assertSame(near, pool.lease(A, 50));
    assertSame(last, pool.lease(A, 50));
    assertSame(first, pool.lease(A, 50));
  }

  @Test
  void beingNearDoesNotHelpOneThatHasExpired() {
    Fake near = idle(A, 100);
    Fake last = idle(A, 102);
    near.near = true;
    assertSame(last, pool.lease(A, 101));
    assertNull(pool.lease(A, 101));
  }

  @Test
  void beingNearDoesNotHelpOneThatWasUsedLongAgo() {
    Fake near = idle(A, 100);
    near.near = true;
    Fake[] later = new Fake[16];
    for (int i = 0; i < later.length; i++) later[i] = idle(A, 100);
    assertSame(later[15], pool.lease(A, 50));
    assertSame(near, pool.lease(A, 50));
    for (int i = 14; i >= 0; i--) assertSame(later[i], pool.lease(A, 50));
    assertNull(pool.lease(A, 50));
  }

  @Test
  void oneThatIsLeasedForBeingNearIsNeitherSweptNorClosed() {
    Fake first = idle(A, 100);
    Fake near = idle(A, 100);
    Fake last = idle(A, 100);
    near.near = true;
    assertSame(near, pool.lease(A, 50));
    assertFalse(pool.remove(near));
    pool.sweep(100);
    pool.close();
    assertEquals(0, near.closed);
    assertEquals(1, first.closed);
    assertEquals(1, last.closed);
    pool.release(near);
    assertEquals(1, near.closed);
  }

  @Test
  void routesAreKeptApart() {
    idle(A, 100);
    assertNull(pool.lease(B, 50));
    assertNull(pool.lease(new Route(true, "a.test", 80), 50));
    assertNull(pool.lease(new Route(false, "a.test", 81), 50));
  }

  @Test
  void oneThatHasExpiredIsNotHandedOut() {
    idle(A, 100);
    assertNull(pool.lease(A, 100));
    assertTrue(pool.lease(A, 99) != null);
  }

  @Test
  void aSweepClosesThoseThatHaveExpired() {
    Fake old = idle(A, 100);
    Fake other = idle(B, 150);
    Fake fresh = idle(A, 200);
    pool.sweep(50);
    assertEquals(0, old.closed);
    pool.sweep(149);
    assertEquals(1, old.closed);
    assertEquals(0, other.closed);
    pool.sweep(150);
    assertEquals(1, other.closed);
    assertSame(fresh, pool.lease(A, 150));
    assertNull(pool.lease(A, 150));
  }

  @Test
  void oneThatWasRemovedIsGone() {
    Fake one = idle(A, 100);
    assertTrue(pool.remove(one));
    assertFalse(pool.remove(one));
    assertNull(pool.lease(A, 50));
  }

  @Test
  void afterClosingNothingIsKept() {
    Fake before = idle(A, 100);
    pool.close();
    Fake after = idle(A, 100);
    assertEquals(1, before.closed);
    assertEquals(1, after.closed);
    assertNull(pool.lease(A, 50));
  }

  @Test
  void beyondSoManyThoseThatWereIdleForLongestGoForOneThatComesBack() {
    Fake[] all = new Fake[MOST];
    for (int i = 0; i < MOST; i++) all[i] = idle(i % 2 == 0 ? A : B, 1000);
    // The eldest is in use, so that there is room for one.
    for (int i = MOST - 2; i >= 0; i -= 2) assertSame(all[i], pool.lease(A, 50));
    for (int i = 2; i < MOST; i += 2) pool.release(all[i]);
    Fake last = idle(A, 1000);
    for (Fake one : all) assertEquals(0, one.closed);
    Fake next = idle(B, 1000);
    // A few at a time.
    for (int i = 1; i <= MOST / 16; i++) assertEquals(1, all[i].closed, i + " of the eldest");
    for (int i = MOST / 16 + 1; i < MOST; i++) assertEquals(0, all[i].closed, i + " is younger");
    assertSame(last, pool.lease(A, 50));
    assertSame(next, pool.lease(B, 50));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 2, 0, 6",
    "'', 40, 0, 6",
    "'', 47, 0, 6",
    "'', 53, 6, 0",
    "'', 98, 6, 0",
    // Each has a connection of its own for each of them.
    "., 2, 0, 6",
    "., 98, 6, 0",
  })
  void ofThoseBoundToCallersTheOneWithMostGivesUpItsOwn(
      String dot, int ofEldest, int eldestLoses, int otherLoses) {
    Fake[] all = new Fake[MOST];
    for (int i = 0; i < MOST; i++) {
      String word = dot.isEmpty() ? "" : dot + i;
      all[i] = idle(A.boundTo((i < ofEldest ? "eldest" : "other") + word), 1000);
    }
    idle(B.boundTo("third"), 1000);
    int[] lost = new int[2];
    for (int i = 0; i < MOST; i++) lost[i < ofEldest ? 0 : 1] += all[i].closed;
    assertEquals(List.of(eldestLoses, otherLoses), List.of(lost[0], lost[1]));
  }

  @Test
  void whatHasLeftMakesRoom() {
    for (int i = 0; i < MOST; i++) idle(A, 60);
    pool.sweep(60);
    Fake[] all = new Fake[MOST];
    for (int i = 0; i < MOST; i++) all[i] = idle(A, 1000);
    assertTrue(pool.remove(all[0]));
    assertFalse(pool.remove(all[0]));
    assertEquals(0, idle(B, 1000).closed);
    for (Fake one : all) assertEquals(0, one.closed);
    pool.clear();
    for (int i = 0; i < MOST; i++) assertEquals(0, idle(A, 1000).closed);
  }

  @Test
  void theOperatorIsToldOfAuthenticationOnceAMinute() {
    long minute = TimeUnit.MINUTES.toNanos(1);
    assertTrue(pool.tellOfAuth(A, Long.MAX_VALUE - 5));
    assertFalse(pool.tellOfAuth(A, Long.MAX_VALUE));
    assertFalse(pool.tellOfAuth(A, Long.MAX_VALUE - 5 + minute - 1));
    assertTrue(pool.tellOfAuth(A, Long.MAX_VALUE - 5 + minute));
  }
}
