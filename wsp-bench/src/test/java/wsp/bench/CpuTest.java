package wsp.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CpuTest {
  private static final String TIMES = " S 1 2 3 4 5 6 7 8 9 10 250 30 0 0 20 0 1 0";

  @Test
  void userAndSystemTimeAreFoundBehindAnyName() {
    assertEquals(280, Cpu.ticks("42 (java)" + TIMES));
    assertEquals(280, Cpu.ticks("42 (a ) S 1 (b)" + TIMES));
  }

  @Test
  void compilersAreKnownByTheNamesThatTheKernelCuts() {
    assertTrue(Cpu.isCompiler("42 (C2 CompilerThre)" + TIMES));
    assertTrue(Cpu.isCompiler("42 (C1 CompilerThre)" + TIMES));
    assertFalse(Cpu.isCompiler("42 (G1 Main Marker)" + TIMES));
  }

  @Test
  void whatCompilersUsedInBetweenIsLeftOut() {
    Cpu before = new Cpu(1000, Map.of("7", 400L, "8", 100L));
    // 8 has ended, 9 is new.
    Cpu after = new Cpu(1500, Map.of("7", 450L, "9", 20L));
    assertEquals(4.3, after.secondsSince(before), 1e-9);
    assertEquals(0, new Cpu(1010, Map.of("7", 411L)).secondsSince(before));
  }

  @Test
  void thisProcessUsesCpuAndMemory() throws Exception {
    long pid = ProcessHandle.current().pid();
    assertTrue(Cpu.of(pid).ticks() > 0);
    assertTrue(Cpu.mib(pid, "VmHWM") >= 1);
  }
}
