package wsp.tunnel.v2;

/**
 * The way to the other side of a link: how long it is there and back, and how much of what all
 * windows let be under way it does not need. Guarded by the lock of its {@link Link}.
 */
final class Path {
  /** So much more than needed may be under way: everything else on the link waits behind that. */
  private static final int MAX_EASE = 256 << 10;

  /**
   * The shortest time in which the other side has answered a credit with data, or a request with a
   * response: without what either side or a queue took.
   */
  private long shortest = Long.MAX_VALUE;

  /** Bytes that the windows have grown by where that is not needed. */
  private int ease;

  /** It took so many nanoseconds once. */
  void took(long nanos) {
    shortest = Math.min(shortest, Math.max(1, nanos));
  }

  /** How many of so many bytes more that are not needed may be under way. */
  int free(int bytes) {
    return Math.max(0, Math.min(bytes, MAX_EASE - ease));
  }

  /** So many more of them may, or fewer. */
  void ease(int more) {
    ease += more;
  }

  /** How many bytes are under way at a time, where so many come in so many nanoseconds. */
  double underWay(long bytes, long nanos) {
    return (double) bytes / Math.max(1, nanos) * shortest;
  }
}
