package wsp.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BudgetTest {
  private final Budget budget = new Budget(100);

  @Test
  void sharesTogetherMayHoldAsMuchAsThereIs() {
    Budget.Share first = budget.share();
    Budget.Share second = budget.share();
    assertTrue(first.add(60));
    assertTrue(second.add(40));
    assertFalse(second.add(1));
    assertEquals(101, budget.used());
    first.release();
    assertTrue(second.add(59));
  }

  @Test
  void whatIsMoreThanThereIsCanBeHeldNotAtAll() {
    Budget.Share share = budget.part(60).share();
    assertTrue(share.tryAdd(60));
    assertFalse(share.tryAdd(1));
    assertEquals(60, share.held());
    assertEquals(60, budget.used());
  }

  @Test
  void givingBackIsNeverTooMuch() {
    Budget.Share share = budget.share();
    assertFalse(share.add(200));
    assertTrue(share.add(-50));
    assertEquals(150, share.held());
  }

  @Test
  void aPartCountsForTheWholeAndHasALimitOfItsOwn() {
    Budget.Share one = budget.part(60).share();
    Budget.Share other = budget.part(60).share();
    assertFalse(one.add(61));
    one.release();
    assertTrue(one.add(60));
    assertTrue(other.add(40));
    assertFalse(other.add(1));
    one.release();
    assertTrue(other.add(0));
    assertEquals(41, budget.used());
  }

  @Test
  void aFairPartLeavesSomeForTheNextWhateverTheOthersHold() {
    Budget.Share alone = budget.fairPart().share();
    assertTrue(alone.add(50));
    assertFalse(alone.add(1));
    alone.add(-1);
    for (int free : new int[] {50, 25, 13, 7, 4, 2, 1}) {
      Budget.Share next = budget.fairPart().share();
      assertTrue(next.add(free / 2), free + " are free");
      assertFalse(next.add(free - free / 2), free + " are free");
      next.add(free / 2 - free);
    }
    alone.release();
    assertTrue(budget.fairPart().share().add(25));
  }

  @Test
  void aClosedShareHoldsNothingAnyMore() {
    Budget.Share share = budget.share();
    assertTrue(share.add(70));
    share.close();
    assertEquals(0, budget.used());
    assertTrue(share.add(1000));
    assertEquals(0, budget.used());
  }
}
