package wsp.server.listener;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import wsp.address.AddressRange;

/**
 * What the port puts up with.
 *
 * @param requestHeadBytes the longest head of a request
 * @param requestFields the most fields of a request
 * @param requestHeadTimeout from the first byte of a head, or the opening of a connection, to its
 *     last
 * @param callerIdleTimeout how long a caller's connection may stay open between two requests
 * @param stallTimeout how long a body, or a response that is not taken, may make no progress
 * @param halfCloseTimeout how long nothing may go either way once one way of a tunnel has ended
 * @param crowd what all callers together may have
 */
public record ListenerLimits(
    int requestHeadBytes,
    int requestFields,
    Duration requestHeadTimeout,
    Duration callerIdleTimeout,
    Duration stallTimeout,
    Duration halfCloseTimeout,
    Crowd crowd) {
  private static final Duration HURRY = Duration.ofSeconds(2);

  /**
   * What all callers together may have.
   *
   * @param connections callers' connections at a time
   * @param perAddress how many of them one address may have
   * @param links connections of clients at a time, which the port has beside them
   * @param proxies whose connections serve many and do not count as those of one address
   * @param memory bytes that these may hold before they are answered
   */
  public record Crowd(
      int connections, int perAddress, int links, List<AddressRange> proxies, long memory) {
    boolean isProxy(InetAddress address) {
      for (AddressRange range : proxies) if (range.contains(address)) return true;
      return false;
    }
  }

  /** The same for a connection that has to say at once what it wants. */
  ListenerLimits hurried() {
    Duration head = requestHeadTimeout.compareTo(HURRY) < 0 ? requestHeadTimeout : HURRY;
    return new ListenerLimits(
        requestHeadBytes,
        requestFields,
        head,
        callerIdleTimeout,
        stallTimeout,
        halfCloseTimeout,
        crowd);
  }
}
