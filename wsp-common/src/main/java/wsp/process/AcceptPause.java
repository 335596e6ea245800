package wsp.process;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Has the port rest when it can accept nothing: no file descriptor is left, or only those that the
 * daemon keeps for itself. A selector would otherwise offer the same waiting connection again and
 * again. What waits meanwhile is accepted when another connection has ended. One line of the log
 * when that begins, one when it is over. Safe for all threads.
 */
public final class AcceptPause {
  /** How long the port rests at a time. */
  public static final long REST_MILLIS = 200;

  /** Without a pause for so long, it is over; at the limit itself, one follows the other. */
  private static final long OVER_NANOS = TimeUnit.SECONDS.toNanos(10);

  public interface Port {
    void accepting(boolean on);

    /** Calls {@link #goOn} then. */
    void goOnLater(long millis);

    /** Has a line for the log. */
    void tell(String line);
  }

  private final Port port;

  @GuardedBy("this")
  private boolean resting;

  @GuardedBy("this")
  private boolean told;

  @GuardedBy("this")
  private long lastPause;

  @GuardedBy("this")
  private long pauses;

  public AcceptPause(Port port) {
    this.port = port;
  }

  /** A connection could not be accepted; nanoTime. */
  public void failed(IOException why, long now) {
    rest(Descriptors.areExhausted(why) ? Descriptors.exhausted() : why.toString(), now);
  }

  /** There are as many connections as may be; so many descriptors are kept back; nanoTime. */
  public void full(long kept, long now) {
    rest(Descriptors.exhausted() + "; but for " + kept + " that it keeps for itself", now);
  }

  private void rest(String why, long now) {
    boolean news;
    synchronized (this) {
      lastPause = now;
      if (resting) return;
      resting = true;
      pauses++;
      news = !told;
      told = true;
    }
    port.accepting(false);
    port.goOnLater(REST_MILLIS);
    if (news) port.tell("New connections wait until others have ended: " + why);
  }

  public void goOn() {
    synchronized (this) {
      resting = false;
    }
    port.accepting(true);
  }

  public void tick(long now) {
    long after;
    synchronized (this) {
      if (!told || resting || now - lastPause < OVER_NANOS) return;
      after = pauses;
      told = false;
      pauses = 0;
    }
    port.tell("New connections are accepted at once again, after " + after + " rests");
  }
}
