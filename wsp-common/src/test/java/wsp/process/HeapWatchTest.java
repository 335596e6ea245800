package wsp.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.lang.management.MemoryUsage;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HeapWatchTest {
  private int asked;
  private int looked;

  private final Heap.Jvm good =
      new Heap.Jvm() {
        @Override
        public boolean set(String option, String value) {
          return true;
        }

        @Override
        public MemoryUsage heap() {
          looked++;
          return new MemoryUsage(0, 1, 1, -1);
        }

        @Override
        public long collections() {
          return 1;
        }
      };

  /** Fails so often, and is good then. */
  private HeapWatch failing(int times, Throwable with) {
    return new HeapWatch(
        () -> {
          if (asked++ >= times) return good;
          return HeapWatchTest.<RuntimeException>thrown(with);
        });
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> Heap.@Nullable Jvm thrown(Throwable e) throws E {
    throw (E) e;
  }

  private static void seconds(HeapWatch watch, int seconds) {
    for (int i = 0; i < seconds; i++) watch.everySecond();
  }

  private static Stream<Arguments> failures() {
    return Stream.of(
        arguments(new NoClassDefFoundError("com/sun/management/VMOption")),
        arguments(new UnsatisfiedLinkError("Too many open files")),
        arguments(new ClassNotFoundException("wsp.process.HotSpot")),
        arguments(new IllegalStateException("no such bean")));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aJVMThatCannotBeAskedEndsNothingAndIsAskedAgain(Throwable why) {
    HeapWatch watch = failing(1, why);
    seconds(watch, HeapWatch.RETRY_SECONDS);
    assertEquals(1, asked);
    seconds(watch, 3);
    assertEquals(2, asked);
    assertEquals(2, looked);
  }

  @Test
  void aJVMThatCannotBeToldAnythingIsAskedOnce() {
    HeapWatch watch =
        new HeapWatch(
            () -> {
              asked++;
              return null;
            });
    seconds(watch, 3 * HeapWatch.RETRY_SECONDS);
    assertEquals(1, asked);
  }

  @Test
  void itEndsWithTheDaemon() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    end.countDown();
    HeapWatch.keepSmallUntil(end);
    assertEquals(0, end.getCount());
  }
}
