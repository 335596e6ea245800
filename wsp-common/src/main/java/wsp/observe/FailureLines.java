package wsp.observe;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Tells the log how many failures there have been: when that has changed, at most once in an
 * interval, and at the end. Safe for all threads.
 */
public final class FailureLines {
  private final Failures<?> failures;
  private final long intervalNanos;
  private final Consumer<String> log;

  @GuardedBy("this")
  private String told = "";

  @GuardedBy("this")
  private boolean any;

  @GuardedBy("this")
  private long last;

  /**
   * Nothing has been told so far.
   *
   * @param log takes what is to be told: the failures with their numbers
   */
  public FailureLines(Failures<?> failures, Duration interval, Consumer<String> log) {
    this.failures = failures;
    this.intervalNanos = interval.toNanos();
    this.log = log;
  }

  /** One pass of maintenance; nanoTime. */
  public void tick(long now) {
    String text;
    synchronized (this) {
      if (any && now - last < intervalNanos) return;
      text = failures.text();
      if (text.equals(told)) return;
      told = text;
      any = true;
      last = now;
    }
    log.accept(text);
  }

  /** The last word, if there has been any failure. */
  public void stop() {
    String text = failures.text();
    if (!text.isEmpty()) log.accept(text);
  }
}
