package wsp.bench.traffic;

import java.util.Arrays;

/** Times of requests, in nanoseconds. For one thread. */
final class Latencies {
  private long[] nanos = new long[4096];
  private int count;

  void add(long time) {
    if (count == nanos.length) nanos = Arrays.copyOf(nanos, 2 * count);
    nanos[count++] = time;
  }

  int count() {
    return count;
  }

  /**
   * The least time, in milliseconds, within which this share of the requests was answered; 0
   * without any.
   */
  double millis(double share) {
    if (count == 0) return 0;
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(share * count) - 1)] / 1e6;
  }
}
