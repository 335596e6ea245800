package wsp.observe;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.function.Consumer;
import wsp.limit.LogLimit;

/**
 * Tells the log how many failures there have been: when that has changed, at most once in an
 * interval, and at the end. Safe for all threads.
 */
public final class FailureLines {
  private final Failures<?> failures;
  private final Consumer<String> log;
  private final LogLimit limit;

  @GuardedBy("this")
  private String told = "";

  /** The log takes what is to be told: the failures with their numbers. */
  public FailureLines(Failures<?> failures, Duration interval, Consumer<String> log) {
    this.failures = failures;
    this.limit = new LogLimit(interval);
    this.log = log;
  }

  public void tick(long now) {
    String text = failures.text();
    synchronized (this) {
      if (text.equals(told) || !limit.allows(now)) return;
      told = text;
    }
    log.accept(text);
  }

  /** The last word, if there has been any failure. */
  public void stop() {
    String text = failures.text();
    if (!text.isEmpty()) log.accept(text);
  }
}
