package wsp.client.targets;

import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The connections that there are, and counts since the start.
 *
 * @param idle those that carry nothing
 * @param busy those that carry at least one request
 * @param streams requests that they carry
 * @param wire the version that the latest one speaks; 0 before there was one
 * @param reconnects how often there was a connection again after there had been none
 * @param lost connections that ended otherwise than by a close in order
 * @param lastFailure why the last attempt to connect failed; empty if it did not
 */
public record PoolCounts(
    String target,
    int connecting,
    int idle,
    int busy,
    int streams,
    int wire,
    long dials,
    long failedDials,
    long reconnects,
    long lost,
    String lastFailure) {

  public boolean connected() {
    return idle + busy > 0;
  }

  /** All of them in one line, with the rate of the requests. */
  public static String line(List<PoolCounts> pools, String rate) {
    boolean many = pools.stream().anyMatch(c -> c.wire > 1);
    return "%d of %d targets connected, %d idle, %d busy%s, %s"
        .formatted(
            pools.stream().filter(PoolCounts::connected).count(),
            pools.size(),
            sum(pools, PoolCounts::idle),
            sum(pools, PoolCounts::busy),
            many ? ", " + sum(pools, PoolCounts::streams) + " streams" : "",
            rate);
  }

  private static int sum(List<PoolCounts> pools, ToIntFunction<PoolCounts> number) {
    return pools.stream().mapToInt(number).sum();
  }
}
