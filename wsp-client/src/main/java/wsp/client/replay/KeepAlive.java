package wsp.client.replay;

import java.time.Duration;

/** For how long a connection to an origin may stay without use. For all threads. */
final class KeepAlive {
  private final long mostNanos;
  private volatile long expiresAt;

  /**
   * @param most zero for not at all
   */
  KeepAlive(Duration most) {
    mostNanos = most.toNanos();
  }

  /**
   * It is without use from now on.
   *
   * @param now in nanoTime, as all instants here
   * @param promised what the origin said in {@code Keep-Alive: timeout=}, in seconds, or -1
   * @return false if it is not to stay at all
   */
  boolean from(long now, long promised) {
    // An origin that closes at the same moment would cost us a request: be a second earlier.
    long nanos = promised < 0 ? mostNanos : Math.min(mostNanos, (promised - 1) * 1_000_000_000L);
    expiresAt = now + nanos;
    return nanos > 0;
  }

  /** When it must no longer be used. */
  long expiresAt() {
    return expiresAt;
  }
}
