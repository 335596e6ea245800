package wsp.process;

import java.lang.management.MemoryUsage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the memory of a plain {@code java -jar} in proportion. A JVM takes a 64th of the machine's
 * memory for its heap at once, and what a load has made it take it keeps for good; a proxy needs
 * some 20 MiB when it is quiet. Options of the command line or JAVA_TOOL_OPTIONS come first. For
 * one thread.
 */
final class Heap {
  private static final Logger LOG = LoggerFactory.getLogger(Heap.class);

  /** Less is not worth the trouble. */
  private static final long FEW_BYTES = 64L << 20;

  /** A daemon that allocates more in a second has work to do. */
  private static final long QUIET_BYTES = 4L << 20;

  private static final int QUIET_SECONDS = 2;

  /**
   * A load that comes back sooner finds the heap that it left: one that grows again takes its pages
   * from the kernel again, which was up to a seventh of the CPU of small requests in turns of two
   * seconds.
   */
  private static final int IDLE_SECONDS = 60;

  /** In milliseconds; 0: never. A collection beside the program's threads, that gives back. */
  private static final String PERIODIC = "G1PeriodicGCInterval";

  private static final String NEVER = "0";
  private static final String SOON = "1000";

  /** The part of the JVM that this needs. */
  interface Jvm {
    /** Sets an option of a running JVM; false if it has none, or the command line has set it. */
    boolean set(String option, String value);

    MemoryUsage heap();

    long collections();
  }

  private final Jvm jvm;
  private long used;
  private long collections;

  /** Seconds without a collection, and those since the last load or the last one asked for. */
  private int quiet;

  private int idle;
  private boolean asked;

  /** Collections up to the last one that was asked for: without another there is nothing to do. */
  private long settled = -1;

  private boolean told;

  Heap(Jvm jvm) {
    this.jvm = jvm;
  }

  /** Sets what stays so; false if the rest is not this class's business. */
  boolean begin() {
    // In this order: the first must not be more than the second.
    boolean unused = jvm.set("MinHeapFreeRatio", "10") && jvm.set("MaxHeapFreeRatio", "30");
    return jvm.set(PERIODIC, NEVER);
  }

  /** Once a second: when a load is over, asks for one collection, and no more. */
  void look() {
    try {
      lookOnce();
    } catch (RuntimeException | Error e) { // the daemon ends when its thread does
      LastResort.endIfOutOfMemory(e);
      if (!told) LOG.warn("the heap could not be looked at:", e);
      told = true;
    }
  }

  private void lookOnce() {
    long usedBefore = used;
    long collectionsBefore = collections;
    MemoryUsage heap = jvm.heap();
    used = heap.getUsed();
    collections = jvm.collections();
    boolean collected = collections != collectionsBefore;
    boolean grown = used - usedBefore > QUIET_BYTES;
    // One collection now and then comes of a trickle, and is no load.
    idle = grown || (collected && quiet < QUIET_SECONDS) ? 0 : idle + 1;
    quiet = collected || grown ? 0 : quiet + 1;
    if (asked) {
      if (!collected) return;
      var unused = jvm.set(PERIODIC, NEVER);
      asked = false;
      settled = collections;
    } else if (quiet >= QUIET_SECONDS
        && (idle >= IDLE_SECONDS || settled < 0) // what the JVM took at its start goes at once
        && collections != settled
        && heap.getCommitted() > FEW_BYTES) {
      asked = jvm.set(PERIODIC, SOON);
      idle = 0;
    }
  }
}
