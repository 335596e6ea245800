package wsp.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.limit.Budget;

class CallerMemoryTest {
  private final List<Caller> callers = new ArrayList<>();
  private final List<String> gone = new ArrayList<>();
  private final Budget budget = new Budget(1000);
  private final CallerMemory memory = new CallerMemory(budget, callers);

  /** One that gives back at once, or never. */
  private final class Caller implements CallerMemory.Holder {
    private final String name;
    private final Budget.Share share = memory.share();
    private final long since;
    private final boolean deaf;
    private CallerMemory.Standing standing = CallerMemory.Standing.NOBODY;
    private boolean going;

    Caller(String name, int bytes, long sinceMillis, boolean deaf) {
      this.name = name;
      this.since = TimeUnit.MILLISECONDS.toNanos(sinceMillis);
      this.deaf = deaf;
      callers.add(this);
      boolean unused = share.add(bytes);
    }

    @Override
    public long held() {
      return share.held();
    }

    @Override
    public long waited(long now) {
      return since < 0 ? 0 : now - since;
    }

    @Override
    public CallerMemory.Standing standing() {
      return standing;
    }

    @Override
    public CallerMemory.Owner owner() {
      return new CallerMemory.Owner(this, false);
    }

    @Override
    public boolean going() {
      return going;
    }

    @Override
    public void goAway() {
      going = true;
      gone.add(name);
      if (!deaf) share.close();
    }
  }

  private Caller caller(String name, int bytes, long sinceMillis) {
    return new Caller(name, bytes, sinceMillis, false);
  }

  private void relieveAt(long millis) {
    memory.relieve(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  @Test
  void theLargestAndSlowestGoUntilAQuarterIsFree() {
    caller("small and new", 10, 990);
    caller("large and slow", 500, 0);
    caller("small and slow", 10, 0);
    caller("large and new", 500, 980);
    relieveAt(1000);
    assertEquals(List.of("large and slow"), gone);
    assertEquals(520, budget.used());
  }

  /** Bytes of those who have not asked, and of those who wait for their origins; who goes. */
  @ParameterizedTest
  @CsvSource({
    "900, 300, asks",
    "500, 700, asks",
    "50, 1000, waits",
    "300, 300, ''",
    "900, 2000, 'asks waits'"
  })
  void whoeverHasNotAskedGoesFirstHoweverShort(int asking, int waiting, String going) {
    caller("asks", asking, 999);
    caller("waits", waiting, 0).standing = CallerMemory.Standing.ASKED;
    relieveAt(1000);
    assertEquals(going, String.join(" ", gone));
  }

  @Test
  void whoeverHoldsNothingStays() {
    caller("has nothing", 0, 0);
    caller("slow", 1100, 0);
    relieveAt(1000);
    assertEquals(List.of("slow"), gone);
  }

  @Test
  void ofManyAlikeOnlyAsManyGoAsHaveTo() {
    for (int i = 0; i < 11; i++) caller("one", 100, 0);
    relieveAt(1000);
    assertEquals(4, gone.size());
    assertTrue(budget.suffices());
  }

  @Test
  void whoeverHoldsMostGoesAlsoIfItKeepsNobodyWaiting() {
    caller("at work", 2000, -1).standing = CallerMemory.Standing.ASKED;
    caller("slow", 10, 0);
    relieveAt(1000);
    assertEquals(List.of("at work"), gone);
  }

  @Test
  void whatIsOnItsWayOutCountsAsGoneAlready() {
    new Caller("deaf", 900, 0, true);
    caller("slow", 200, 500);
    relieveAt(1000);
    relieveAt(1500);
    assertEquals(List.of("deaf"), gone);
  }

  /** It counts for a moment longer than it can be seen, or was seen before it was given back. */
  @Test
  void nobodyMakesRoomForWhatHasGone() {
    boolean unused = memory.share().add(500);
    caller("asks", 300, 0);
    caller("waits", 400, 0).standing = CallerMemory.Standing.ASKED;
    relieveAt(1000);
    assertEquals(List.of(), gone);
  }

  @Test
  void aLookInVainIsNotRepeatedAtOnce() {
    boolean unused = memory.share().add(2000);
    relieveAt(1000);
    caller("slow", 900, 0);
    relieveAt(1050);
    assertEquals(List.of(), gone);
    relieveAt(1150);
    assertEquals(List.of("slow"), gone);
  }

  @Test
  void aQuarterBeyondTheLimitItIsExhausted() {
    caller("at work", 1250, -1);
    assertFalse(memory.exhausted());
    caller("another", 1, -1);
    assertTrue(memory.exhausted());
  }
}
