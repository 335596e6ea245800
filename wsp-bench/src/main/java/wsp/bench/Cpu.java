package wsp.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The CPU that a process has used so far, and its just-in-time compilers' share: in a short run
 * they are half of a JVM's CPU, in the long run nothing, so they are left out of every figure. From
 * {@code /proc}, in ticks.
 */
record Cpu(long ticks, Map<String, Long> compilers) {
  /** What proc(5) calls USER_HZ: 100 wherever a JDK 17 runs on Linux. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int USER = 11;
  private static final int SYSTEM = 12;

  static Cpu of(long pid) throws IOException {
    Path process = Path.of("/proc", Long.toString(pid));
    Map<String, Long> compilers = new HashMap<>();
    try (var tasks = Files.list(process.resolve("task"))) {
      for (Path task : tasks.toList()) addCompiler(compilers, task);
    }
    return new Cpu(ticks(Files.readString(process.resolve("stat"))), compilers);
  }

  private static void addCompiler(Map<String, Long> compilers, Path task) throws IOException {
    String stat;
    try {
      stat = Files.readString(task.resolve("stat"));
    } catch (NoSuchFileException e) {
      return; // The thread ended since it was listed.
    } catch (IOException e) {
      if (Files.exists(task)) throw e;
      return;
    }
    if (isCompiler(stat)) compilers.put(String.valueOf(task.getFileName()), ticks(stat));
  }

  /** True for the line of a compiler thread, whose name the kernel cuts to 15 characters. */
  static boolean isCompiler(String stat) {
    String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
    return name.startsWith("C1 Compiler") || name.startsWith("C2 Compiler");
  }

  /** User and system time of a stat line; names may have spaces and brackets in them. */
  static long ticks(String stat) {
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).strip().split(" "));
    return Long.parseLong(fields.get(USER)) + Long.parseLong(fields.get(SYSTEM));
  }

  /**
   * Seconds since an earlier sample, without the compilers'. Never below zero: the kernel rounds a
   * process's ticks and its threads' apart from each other.
   */
  double secondsSince(Cpu earlier) {
    long compiled = 0;
    for (var thread : compilers.entrySet())
      compiled += thread.getValue() - earlier.compilers.getOrDefault(thread.getKey(), 0L);
    return Math.max(0, ticks - earlier.ticks - compiled) / TICKS_PER_SECOND;
  }

  /** A value in MiB of {@code /proc/PID/status}: {@code VmRSS} resident now, {@code VmHWM} ever. */
  static double mib(long pid, String key) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
              .filter(line -> line.startsWith(key + ":"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
              .sum()
          / 1024.0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
