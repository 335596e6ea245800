package wsp.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class HeapTest {
  private static final long MIB = 1 << 20;

  /** A JVM that does what the test says. */
  private static final class Scripted implements Heap.Jvm {
    final List<String> set = new ArrayList<>();
    boolean settable = true;
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
    // The next load brings the next one.
    jvm.collections++;
    look(3);
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
  void aSmallHeapIsLeftAlone() {
    jvm.committed = 60 * MIB;
    look(10);
    assertEquals(0, asked());
  }

  @Test
  void whatTheCommandLineSaysComesFirst() {
    assertTrue(heap.begin());
    jvm.settable = false;
    assertFalse(heap.begin());
  }

  @Test
  void itEndsWithTheDaemon() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    end.countDown();
    Heap.keepSmallUntil(end);
    assertEquals(0, end.getCount());
  }
}
