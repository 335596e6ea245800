package wsp.tunnel.v2;

/**
 * The shortest time in which the other side of a link has answered a credit with data, or a request
 * with a response: the way there and back, without what either side or a queue took. Guarded by the
 * lock of its {@link Link}.
 */
final class RoundTrip {
  private long shortest = Long.MAX_VALUE;

  /** It took so many nanoseconds once. */
  void took(long nanos) {
    shortest = Math.min(shortest, Math.max(1, nanos));
  }

  /** How many bytes are under way at a time, where so many come in so many nanoseconds. */
  double underWay(long bytes, long nanos) {
    return (double) bytes / Math.max(1, nanos) * shortest;
  }
}
