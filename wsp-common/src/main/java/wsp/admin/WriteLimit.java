package wsp.admin;

import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * For how long the thread that makes this may go on with what it does, until it is over: one that
 * is stuck in a write then is interrupted, which closes the connection (NIO).
 */
final class WriteLimit {
  private final Thread thread = Thread.currentThread();
  private final BooleanSupplier unless;
  private final Future<?> due;
  private boolean over;

  WriteLimit(ScheduledExecutorService timer, long millis, BooleanSupplier unless) {
    this.unless = unless;
    due = begin(timer, millis);
  }

  private Future<?> begin(ScheduledExecutorService timer, long millis) {
    try {
      return timer.schedule(this::interrupt, millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The port is being closed, and every connection with it.
      return new FutureTask<>(() -> null);
    }
  }

  private synchronized void interrupt() {
    if (!over && !unless.getAsBoolean()) thread.interrupt();
  }

  /** The thread goes on to other work, of which no interrupt is left. */
  synchronized void over() {
    due.cancel(false);
    over = true;
    var unused = Thread.interrupted();
  }
}
