package wsp.runtime;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the memory of a plain {@code java -jar} in proportion. A JVM takes a 64th of the machine's
 * memory for its heap at once, and what a load has made it take it keeps for good; a proxy needs
 * some 20 MiB when it is quiet. What the command line says comes first.
 */
public final class Heap {
  /** When a daemon that has just started has time for this. */
  public static final int LATER_SECONDS = 3;

  private static final Logger LOG = LoggerFactory.getLogger(Heap.class);

  /** Those that a running HotSpot lets be changed: milliseconds, and percent of the heap. */
  private static final List<Map.Entry<String, String>> OPTIONS =
      List.of(
          Map.entry("G1PeriodicGCInterval", "10000"),
          // Before the other one, which must not be less.
          Map.entry("MinHeapFreeRatio", "10"),
          Map.entry("MaxHeapFreeRatio", "30"));

  private Heap() {}

  /**
   * From now on the heap is looked through when nothing has done so for ten seconds, and what is
   * not needed goes back to the machine. Takes some 50 ms: not for a thread that is in a hurry.
   */
  public static void giveBackWhatIsFree() {
    HotSpotDiagnosticMXBean jvm =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    if (jvm == null) return;
    for (Map.Entry<String, String> option : OPTIONS) set(jvm, option.getKey(), option.getValue());
  }

  private static void set(HotSpotDiagnosticMXBean jvm, String name, String value) {
    try {
      if (jvm.getVMOption(name).getOrigin() == VMOption.Origin.DEFAULT)
        jvm.setVMOption(name, value);
    } catch (IllegalArgumentException e) {
      LOG.debug("this JVM has its own ways: {}", e.getMessage());
    }
  }
}
