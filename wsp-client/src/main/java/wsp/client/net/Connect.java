package wsp.client.net;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.reactor.IOSession;

/**
 * A TCP connection that is being opened, to be cancelled at any time: HttpCore forgets that if it
 * comes in the moment in which it begins to connect, and would go on until the time for it is over.
 * So what is so young is cancelled a moment later. Safe for all threads.
 */
final class Connect extends CompletableFuture<IOSession> {
  /** By then it connects, or its thread has not had a turn for as long. */
  private static final long YOUNG_NANOS = 1_000_000_000;

  private static final long MOMENT_NANOS = 100_000_000;

  private final Future<IOSession> attempt;
  private final ScheduledExecutorService timer;
  private final long since = System.nanoTime();

  Connect(Future<IOSession> attempt, ScheduledExecutorService timer) {
    this.attempt = attempt;
    this.timer = timer;
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean young = System.nanoTime() - since < YOUNG_NANOS;
    if (!young || !later()) attempt.cancel(true);
    return super.cancel(mayInterruptIfRunning);
  }

  private boolean later() {
    if (attempt.isDone()) return true;
    try {
      var unused = timer.schedule(() -> attempt.cancel(true), MOMENT_NANOS, TimeUnit.NANOSECONDS);
      return true;
    } catch (RejectedExecutionException e) {
      // The client is stopping.
      return false;
    }
  }
}
