package wsp.tunnel.v2;

import java.util.concurrent.TimeUnit;

/**
 * Bounds how often the other side resets streams, which costs it nothing and this side an exchange
 * each (CVE-2023-44487): some thousand, as many as have ended well, and a hundred more each second.
 * For one link and its thread.
 */
final class ResetLimit {
  static final int AT_ONCE = 1_000;
  static final int PER_SECOND = 100;

  private final long since;
  private long resets;

  ResetLimit(long now) {
    since = now;
  }

  /**
   * One more.
   *
   * @param endedWell streams of the link that ended otherwise
   * @return false if that is too many
   */
  boolean allows(long endedWell, long now) {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(now - since);
    return ++resets <= AT_ONCE + endedWell + PER_SECOND * seconds;
  }
}
