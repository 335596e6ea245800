package wsp.tunnel.v2;

import java.util.concurrent.TimeUnit;

/**
 * Bounds how often one side of a link resets streams, which costs it nothing and the other side an
 * exchange each (CVE-2023-44487). Each stream that ends well allows one more, and so does time. The
 * side that opens streams opens none once half of that is used up, whichever side resets them:
 * callers who leave, and origins that break off, never make an honest peer break the limit. Guarded
 * by the lock of a {@link Link}.
 */
final class ResetLimit {
  /** How many a second, for ever. */
  static final int PER_SECOND = 2_000;

  private static final int AT_ONCE = 4_000;
  private static final int EACH_STREAM = 4;
  private static final int MOST = 60_000;

  private final int atOnce;
  private long left;
  private long since;
  private long ended;

  ResetLimit(int streams, long now) {
    atOnce = atOnce(streams);
    left = atOnce;
    since = now;
  }

  /** How many a new link allows at once. */
  static int atOnce(int streams) {
    return AT_ONCE + EACH_STREAM * streams;
  }

  /** Counts one more, where so many streams ended otherwise; false if that is too many. */
  boolean allows(long endedWell, long now) {
    refill(endedWell, now);
    return --left >= 0;
  }

  /** True while a stream may be opened that may be reset, too. */
  boolean hasRoom(long endedWell, long now) {
    if (left < atOnce) refill(endedWell, now);
    return left >= atOnce / 2;
  }

  private void refill(long endedWell, long now) {
    long byTime = (now - since) / (TimeUnit.SECONDS.toNanos(1) / PER_SECOND);
    left = Math.min(Math.max(MOST, atOnce), left + byTime + endedWell - ended);
    since += byTime * (TimeUnit.SECONDS.toNanos(1) / PER_SECOND);
    ended = endedWell;
  }
}
