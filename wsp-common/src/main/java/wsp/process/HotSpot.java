package wsp.process;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process's JVM, as {@link Heap} needs it. Loaded by name, since the module of what it imports
 * need not be there.
 */
final class HotSpot implements Heap.Jvm {
  private static final Logger LOG = LoggerFactory.getLogger(HotSpot.class);

  private final HotSpotDiagnosticMXBean options;

  private HotSpot(HotSpotDiagnosticMXBean options) {
    this.options = options;
  }

  /** Null if this JVM is another one. */
  static Heap.@Nullable Jvm ofProcess() {
    HotSpotDiagnosticMXBean options =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    return options == null ? null : new HotSpot(options);
  }

  /** True for an option that has its default, or that this class has set. */
  static boolean isFree(VMOption.Origin origin) {
    return origin == VMOption.Origin.DEFAULT || origin == VMOption.Origin.MANAGEMENT;
  }

  /**
   * How many collections have begun. Java 20 and later count the later pauses of a concurrent one
   * too, under a name of their own; its first is among the young ones.
   */
  static long begun(List<GarbageCollectorMXBean> collectors) {
    long all = 0;
    for (GarbageCollectorMXBean each : collectors)
      if (!each.getName().equals("G1 Concurrent GC")) all += each.getCollectionCount();
    return all;
  }

  @Override
  public boolean set(String option, String value) {
    try {
      @Nullable VMOption now = options.getVMOption(option);
      if (now == null || !isFree(now.getOrigin())) return false;
      options.setVMOption(option, value);
      return true;
    } catch (IllegalArgumentException e) {
      LOG.debug("this JVM has its own ways: {}", e.getMessage());
      return false;
    }
  }

  @Override
  public MemoryUsage heap() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
  }

  @Override
  public long collections() {
    return begun(ManagementFactory.getGarbageCollectorMXBeans());
  }
}
