package wsp.client.replay;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import wsp.envelope.Headers;
import wsp.text.Ascii;

/** For how long a connection to an origin may stay without use. For all threads. */
final class KeepAlive {
  private static final Pattern TIMEOUT =
      Pattern.compile("\\btimeout\\s*=\\s*\"?([0-9]{1,9})\\b", Pattern.CASE_INSENSITIVE);

  private final long mostNanos;
  private volatile long since;
  private volatile long expiresAt;

  /** Zero: not at all. */
  KeepAlive(Duration most) {
    mostNanos = most.toNanos();
  }

  /** What an origin says in {@code Keep-Alive: timeout=}, in seconds; -1 if it does not. */
  static long promised(Headers fields) {
    for (String value : fields.all("Keep-Alive")) {
      Matcher timeout = TIMEOUT.matcher(value);
      if (timeout.find()) return Ascii.number(timeout.group(1), 9);
    }
    return -1;
  }

  /**
   * It is without use from now on.
   *
   * @param now in nanoTime, as all instants here
   * @param promised as {@link #promised} has it
   * @return false if it is not to stay at all
   */
  boolean from(long now, long promised) {
    // An origin that closes at the same moment would cost us a request: be a second earlier.
    long nanos = promised < 0 ? mostNanos : Math.min(mostNanos, (promised - 1) * 1_000_000_000L);
    since = now;
    expiresAt = now + nanos;
    return nanos > 0;
  }

  long since() {
    return since;
  }

  long expiresAt() {
    return expiresAt;
  }
}
