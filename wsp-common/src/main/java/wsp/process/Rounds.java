package wsp.process;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Has chores done again and again, on a thread that has nothing else to do and may wait. */
public final class Rounds implements AutoCloseable {
  private final ScheduledExecutorService thread;
  private final Chores chores;
  private final Duration pause;

  /**
   * Does nothing yet.
   *
   * @param name of the thread
   * @param pause between two passes
   */
  public Rounds(String name, Duration pause, Chores chores) {
    this.chores = chores;
    this.pause = pause;
    thread = timer(name);
  }

  /**
   * A daemon thread that does things later; there is one for each name. What is cancelled leaves it
   * at once: else each request would leave its limit, and what that refers to, until it is due.
   */
  public static ScheduledExecutorService timer(String name) {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(1, task -> Threads.daemon(name, task));
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  /** Has chores done on a timer, with that pause between two passes, until the timer ends. */
  public static void begin(ScheduledExecutorService timer, Duration pause, Chores chores) {
    long millis = pause.toMillis();
    var unused =
        timer.scheduleWithFixedDelay(
            () -> chores.pass(System.nanoTime()), millis, millis, TimeUnit.MILLISECONDS);
  }

  /** Begins. */
  public void start() {
    begin(thread, pause, chores);
  }

  /** Ends, in the middle of a pass if need be; does not wait. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
