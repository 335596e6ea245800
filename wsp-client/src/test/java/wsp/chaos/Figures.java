package wsp.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import wsp.e2e.Daemon;

/**
 * What a process holds.
 *
 * @param pid the process
 * @param heapKib the heap after a full collection, -1 where there is no jcmd
 */
record Figures(long pid, long descriptors, long threads, long heapKib) {
  private static final Pattern HEAP = Pattern.compile("total(?: reserved)? \\d+K.*?used (\\d+)K");
  private static final int COLLECTIONS = 3;

  static Figures of(Daemon daemon) throws IOException {
    // First the heap: its tool leaves a thread behind, at the first time.
    long heap = heap(daemon.pid());
    return new Figures(daemon.pid(), descriptors(daemon), daemon.threads(), heap);
  }

  static long descriptors(Daemon daemon) throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/" + daemon.pid() + "/fd"))) {
      return all.count();
    }
  }

  private static long heap(long pid) throws IOException {
    for (int i = 0; i < COLLECTIONS; i++) jcmd(pid, "GC.run");
    long sum = 0;
    boolean found = false;
    for (Matcher m = HEAP.matcher(jcmd(pid, "GC.heap_info")); m.find(); found = true)
      sum += Long.parseLong(m.group(1));
    return found ? sum : -1;
  }

  private static String jcmd(long pid, String what) throws IOException {
    Path tool = Daemon.java().resolveSibling("jcmd");
    if (!Files.isExecutable(tool)) return "";
    Process p =
        new ProcessBuilder(tool.toString(), Long.toString(pid), what)
            .redirectErrorStream(true)
            .start();
    return new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return String.format(
        "%d descriptors, %d threads, %d KiB of heap", descriptors, threads, heapKib);
  }
}
