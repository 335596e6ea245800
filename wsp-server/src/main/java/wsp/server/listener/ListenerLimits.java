package wsp.server.listener;

import java.time.Duration;

/**
 * What the port puts up with.
 *
 * @param requestHeadBytes the longest head of a request
 * @param requestFields the most fields of a request
 * @param requestHeadTimeout from the first byte of a head, or the opening of a connection, to its
 *     last
 * @param callerIdleTimeout how long a caller's connection may stay open between two requests
 * @param stallTimeout how long a body, or a response that is not taken, may make no progress
 * @param crowd what all callers together may have
 */
public record ListenerLimits(
    int requestHeadBytes,
    int requestFields,
    Duration requestHeadTimeout,
    Duration callerIdleTimeout,
    Duration stallTimeout,
    Crowd crowd) {
  /**
   * What all callers together may have.
   *
   * @param connections callers' connections at a time
   * @param memory bytes that these may hold before they are answered
   */
  public record Crowd(int connections, long memory) {}
}
