package wsp.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class HeapTest {
  @Test
  void whatIsFreeGoesBackWhenThereIsNothingToDo() {
    HotSpotDiagnosticMXBean jvm =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    Heap.giveBackWhatIsFree();
    assertEquals("10000", jvm.getVMOption("G1PeriodicGCInterval").getValue());
    assertEquals("30", jvm.getVMOption("MaxHeapFreeRatio").getValue());
  }
}
