package wsp.client.replay;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A timer on one thread; what is for one delay, a test lets run or not. */
final class HeldTimer extends ScheduledThreadPoolExecutor {
  private final BlockingQueue<Runnable> held = new LinkedBlockingQueue<>();
  private volatile long heldMillis = -1;

  HeldTimer() {
    super(1);
  }

  /** Tasks with this delay wait for {@link #expire} from now on. */
  void hold(long millis) {
    heldMillis = millis;
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    if (unit.toMillis(delay) != heldMillis) return super.schedule(task, delay, unit);
    held.add(task);
    // What its owner may cancel, which may come too late.
    return super.schedule(() -> {}, 1, TimeUnit.HOURS);
  }

  /** The time of the next of them is over. */
  void expire() throws InterruptedException {
    Runnable task = held.poll(10, TimeUnit.SECONDS);
    if (task == null) throw new AssertionError("nothing waits");
    task.run();
  }
}
