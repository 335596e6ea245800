package wsp.client.targets;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Delays before trying again: exponential, with full jitter, so that a thousand clients do not come
 * back as one when their server does. For one thread at a time.
 */
final class Backoff {
  private final Duration first;
  private final DoubleSupplier random;
  private int failures;

  /** Its longest delay after one failure is the first, and doubles; random: 0 to 1, exclusive. */
  Backoff(Duration first, DoubleSupplier random) {
    this.first = first;
    this.random = random;
  }

  /** The delay after one more failure, at most {@code cap}. */
  Duration next(Duration cap) {
    double longest = Math.min((double) cap.toMillis(), first.toMillis() * Math.pow(2, failures));
    failures = Math.min(failures + 1, 60);
    return Duration.ofMillis((long) (longest * random.getAsDouble()));
  }

  void reset() {
    failures = 0;
  }
}
