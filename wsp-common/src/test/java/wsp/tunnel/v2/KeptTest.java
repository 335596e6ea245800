package wsp.tunnel.v2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import wsp.limit.Budget;

class KeptTest {
  private final Budget all = new Budget(100);
  private final Kept kept = new Kept(all);

  private Kept.Part part(String reader, int bytes) {
    Kept.Part part = kept.part("peer");
    part.add(bytes);
    assertFalse(part.goes(reader), reader + " with " + bytes);
    return part;
  }

  @Test
  void asMuchAsIsFreeStays() {
    Kept.Part one = part("a", 50);
    assertFalse(one.goes("a"));
    one.add(1);
    assertTrue(one.goes("a"));
  }

  @Test
  void whatOthersTakeMakesItGiveWay() {
    Kept.Part one = part("a", 40);
    Kept.Part small = part("a", 5);
    assertTrue(all.share().tryAdd(20));
    assertTrue(one.goes("a"));
    assertFalse(small.goes("a"));
    one.close();
    assertFalse(small.goes("a"));
    assertEquals(5, kept.used());
  }

  @Test
  void theReaderWithMostGivesWayNotTheStreamWithMost() {
    Kept.Part large = part("a", 20);
    Kept.Part one = part("b", 14);
    Kept.Part other = part("b", 15);
    one.add(2);
    assertFalse(large.goes("a"));
    assertTrue(one.goes("b"));
    assertFalse(other.goes("b"));
  }

  @Test
  void oneWhoseReaderCatchesUpMeanwhileStays() {
    Kept.Part one = part("a", 40);
    one.add(20);
    assertTrue(one.goes("a"));
    one.add(-60);
    assertFalse(one.goes("a"));
    one.add(50);
    assertFalse(one.goes("a"));
    one.close();
    assertEquals(0, all.used());
  }
}
