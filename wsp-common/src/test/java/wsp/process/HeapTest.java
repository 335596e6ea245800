package wsp.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.VMOption;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.MemoryUsage;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HeapTest {
  private static final long MIB = 1 << 20;

  /** A JVM that does what the test says. */
  private static final class Scripted implements Heap.Jvm {
    final List<String> set = new ArrayList<>();
    boolean settable = true;
    boolean broken;
    long used = 20 * MIB;
    long committed = 200 * MIB;
    long collections = 1;

    @Override
    public boolean set(String option, String value) {
      set.add(option + "=" + value);
      return settable;
    }

    @Override
    public MemoryUsage heap() {
      if (broken) throw new IllegalArgumentException("committed = 2 should be < max = 1");
      return new MemoryUsage(0, used, committed, -1);
    }

    @Override
    public long collections() {
      return collections;
    }
  }

  private final Scripted jvm = new Scripted();
  private final Heap heap = new Heap(jvm);

  private int asked() {
    int n = 0;
    for (String s : jvm.set) if (s.equals("G1PeriodicGCInterval=1000")) n++;
    return n;
  }

  private void look(int times) {
    for (int i = 0; i < times; i++) heap.look();
  }

  @Test
  void aLoadThatIsOverIsFollowedByOneCollection() {
    look(3);
    assertEquals(1, asked());
    jvm.collections++;
    jvm.committed = 100 * MIB;
    look(10);
    assertEquals(List.of("G1PeriodicGCInterval=1000", "G1PeriodicGCInterval=0"), jvm.set);
    // The next load brings the next one, when it has been over for a minute.
    jvm.used += 5 * MIB;
    look(1);
    jvm.collections++;
    look(60);
    assertEquals(1, asked());
    look(1);
    assertEquals(2, asked());
  }

  @Test
  void aLoadThatGoesOnIsLeftAlone() {
    for (int i = 0; i < 10; i++) {
      jvm.collections++;
      heap.look();
    }
    for (int i = 0; i < 10; i++) {
      jvm.used += 5 * MIB;
      heap.look();
    }
    assertEquals(0, asked());
  }

  @Test
  void aLoadThatComesBackWithinAMinuteFindsTheHeapThatItLeft() {
    look(3);
    jvm.collections++;
    look(1);
    for (int i = 0; i < 10; i++) {
      jvm.collections++;
      look(1);
      jvm.collections++;
      look(50);
    }
    assertEquals(1, asked());
  }

  @Test
  void aSmallHeapIsLeftAlone() {
    jvm.committed = 60 * MIB;
    look(10);
    assertEquals(0, asked());
  }

  /** As with little to do and much in use: now and then there is a collection anyway. */
  private void trickle(int seconds) {
    for (int i = 0; i < seconds; i++) {
      if (i % 5 == 0) jvm.collections++;
      heap.look();
    }
  }

  @Test
  void aHeapThatIsInUseIsNotLookedThroughAgainAndAgain() {
    look(3);
    jvm.collections++;
    look(1);
    assertEquals(1, asked());
    trickle(50);
    assertEquals(1, asked());
    trickle(20);
    assertEquals(2, asked());
  }

  @Test
  void whatTheCommandLineSaysComesFirst() {
    assertTrue(heap.begin());
    jvm.settable = false;
    assertFalse(heap.begin());
  }

  @ParameterizedTest
  @EnumSource(VMOption.Origin.class)
  void whatSomebodyHasSetAnywhereIsLeftAlone(VMOption.Origin origin) {
    boolean free = origin == VMOption.Origin.DEFAULT || origin == VMOption.Origin.MANAGEMENT;
    assertEquals(free, HotSpot.isFree(origin));
  }

  @Test
  void aHeapThatCannotBeLookedAtEndsNothing() {
    jvm.broken = true;
    look(3);
    jvm.broken = false;
    look(3);
    assertEquals(1, asked());
  }

  private static GarbageCollectorMXBean collector(String name, long count) {
    return (GarbageCollectorMXBean)
        Proxy.newProxyInstance(
            HeapTest.class.getClassLoader(),
            new Class<?>[] {GarbageCollectorMXBean.class},
            (proxy, method, args) -> method.getName().equals("getName") ? name : (Object) count);
  }

  @Test
  void theLaterPausesOfACollectionAreNoOtherOnes() {
    assertEquals(
        8,
        HotSpot.begun(
            List.of(
                collector("G1 Young Generation", 7),
                collector("G1 Concurrent GC", 20),
                collector("G1 Old Generation", 1))));
  }
}
