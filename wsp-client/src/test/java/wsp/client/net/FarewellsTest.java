package wsp.client.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class FarewellsTest {
  private final Queue<Runnable> later = new ArrayDeque<>();
  private final List<String> left = new ArrayList<>();
  private final Farewells farewells = new Farewells(2, later::add);

  private final class Leaving implements Farewells.Leaving {
    private final String name;
    private long written;

    Leaving(String name) {
      this.name = name;
    }

    @Override
    public long written() {
      return written;
    }

    @Override
    public void leave() {
      left.add(name);
    }
  }

  private Leaving leaving(String name) {
    Leaving one = new Leaving(name);
    farewells.add(one);
    return one;
  }

  private void aMomentPasses() {
    for (int due = later.size(); due > 0; due--) later.remove().run();
  }

  @Test
  void eachEndsAfterAMoment() {
    leaving("a");
    leaving("b");
    assertEquals(List.of(), left);
    aMomentPasses();
    assertEquals(List.of("a", "b"), left);
  }

  @Test
  void oneThatHasEndedIsForgotten() {
    Leaving a = leaving("a");
    assertTrue(farewells.remove(a));
    assertFalse(farewells.remove(a));
    leaving("b");
    leaving("c");
    aMomentPasses();
    assertEquals(List.of("b", "c"), left);
  }

  @Test
  void ofTooManyTheEldestEndsAtOnce() {
    leaving("a");
    leaving("b");
    leaving("c");
    assertEquals(List.of("a"), left);
    aMomentPasses();
    assertEquals(List.of("a", "b", "c"), left);
  }

  @Test
  void whatWasWrittenGoesOutForAMinuteAtTheMost() {
    Leaving a = leaving("a");
    for (int moments = 1; moments < 30; moments++) {
      a.written++;
      aMomentPasses();
      assertEquals(List.of(), left);
    }
    a.written++;
    aMomentPasses();
    assertEquals(List.of("a"), left);
    assertTrue(later.isEmpty());
  }

  @Test
  void itEndsWhenNothingGoesOutAnyMore() {
    Leaving a = leaving("a");
    a.written++;
    aMomentPasses();
    assertEquals(List.of(), left);
    aMomentPasses();
    assertEquals(List.of("a"), left);
  }

  @Test
  void oneThatIsClosedTwiceHasNoSecondMoment() {
    farewells.add(leaving("a"));
    assertEquals(1, later.size());
  }
}
