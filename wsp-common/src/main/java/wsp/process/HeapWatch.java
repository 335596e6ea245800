package wsp.process;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the heap looked after ({@link Heap}) for as long as a daemon runs, on the thread that waits
 * for its end. A JVM that cannot be asked (a smaller Java has no {@code jdk.management}; no
 * descriptor may be left to load what this needs) is told once and asked again; the daemon goes on.
 * For one thread.
 */
public final class HeapWatch {
  private static final Logger LOG = LoggerFactory.getLogger(HeapWatch.class);

  /** A daemon that has just started has no time for this. */
  private static final int LATER_SECONDS = 3;

  /** Between two attempts to find out what this JVM can do. */
  static final int RETRY_SECONDS = 60;

  /** Knows the JVM; null if it is one that cannot be told anything. */
  interface Source {
    Heap.@Nullable Jvm get() throws ReflectiveOperationException;
  }

  private final Source source;
  private @Nullable Heap heap;
  private int seconds;
  private boolean done;
  private boolean told;

  HeapWatch(Source source) {
    this.source = source;
  }

  /** Keeps the heap small until the end: what is not needed any more goes back within seconds. */
  public static void keepSmallUntil(CountDownLatch end) throws InterruptedException {
    if (end.await(LATER_SECONDS, TimeUnit.SECONDS)) return;
    HeapWatch watch = new HeapWatch(HeapWatch::ofProcess);
    do watch.everySecond();
    while (!end.await(1, TimeUnit.SECONDS));
  }

  /** By name, for nothing that is loaded before may need the module that it needs. */
  private static Heap.@Nullable Jvm ofProcess() throws ReflectiveOperationException {
    Class<?> hotSpot = Class.forName(HeapWatch.class.getPackageName() + ".HotSpot");
    return (Heap.Jvm) hotSpot.getDeclaredMethod("ofProcess").invoke(null);
  }

  void everySecond() {
    if (done) return;
    if (heap != null) heap.look();
    else if (seconds++ % RETRY_SECONDS == 0) begin();
  }

  private void begin() {
    try {
      Heap.Jvm jvm = source.get();
      Heap found = jvm == null ? null : new Heap(jvm);
      done = found == null || !found.begin();
      if (done) return;
      // As small as it can be, so that it grows only as far as the load makes it.
      System.gc();
      heap = found;
    } catch (ReflectiveOperationException | RuntimeException | Error e) {
      LastResort.endIfOutOfMemory(e);
      if (!told) LOG.info("the size of the heap is left to the JVM: {}", deepest(e).toString());
      told = true;
    }
  }

  private static Throwable deepest(Throwable e) {
    Throwable cause = e;
    for (int depth = 0; depth < 10; depth++) {
      Throwable next = cause.getCause();
      if (next == null) break;
      cause = next;
    }
    return cause;
  }
}
