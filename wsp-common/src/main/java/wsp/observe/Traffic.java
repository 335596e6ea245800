package wsp.observe;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** How many exchanges there are, in words for a person. Counting is for all threads. */
public final class Traffic implements ExchangeObserver {
  private static final double NANOS = 1e9;

  /** Shorter times say little of a rate. */
  private static final double SHORTEST_SECONDS = 0.4;

  private final LongAdder begun = new LongAdder();
  private final LongAdder failed = new LongAdder();

  @GuardedBy("this")
  private boolean any;

  @GuardedBy("this")
  private long lastBegun;

  @GuardedBy("this")
  private long lastTime;

  @GuardedBy("this")
  private double rate;

  public Traffic() {}

  @Override
  public void begun(ExchangeRecord exchange) {
    begun.increment();
  }

  @Override
  public void ended(ExchangeRecord exchange) {
    String failure = exchange.failure();
    if (!failure.isEmpty() && !Outcomes.isUnwanted(failure)) failed.increment();
  }

  /** As {@code 12.5 requests/s} since this was asked before, and the failures so far; nanoTime. */
  public synchronized String text(long now) {
    long count = begun.sum();
    double seconds = (now - lastTime) / NANOS;
    if (!any || seconds >= SHORTEST_SECONDS) {
      rate = any ? (count - lastBegun) / seconds : 0;
      any = true;
      lastBegun = count;
      lastTime = now;
    }
    String pattern = rate < 100 ? "%.1f requests/s, %d failures" : "%.0f requests/s, %d failures";
    return String.format(Locale.ROOT, pattern, rate, failed.sum());
  }
}
