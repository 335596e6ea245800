package wsp.server.forward;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.function.Consumer;
import wsp.process.BoundedExecutor;
import wsp.server.listener.Caller;

/**
 * A step of a request that takes long, and waits for its turn on a worker; a caller who leaves
 * first takes it out again.
 */
final class Aside implements Runnable {
  private final BoundedExecutor workers;
  private final Runnable step;
  private final Consumer<Refused> left;

  @GuardedBy("this")
  private boolean decided;

  private Aside(BoundedExecutor workers, Runnable step, Consumer<Refused> left) {
    this.workers = workers;
    this.step = step;
    this.left = left;
  }

  /**
   * Takes the step soon.
   *
   * @param left hears instead that the caller has left before, or was refused
   */
  static void take(Caller caller, BoundedExecutor workers, Runnable step, Consumer<Refused> left) {
    Aside aside = new Aside(workers, step, left);
    caller.onGone(told -> aside.leave(Refused.gone(told)));
    workers.execute(aside);
  }

  @Override
  public void run() {
    if (decides()) step.run();
  }

  private void leave(Refused why) {
    if (!decides()) return;
    workers.remove(this);
    left.accept(why);
  }

  /** True for the first that asks. */
  private synchronized boolean decides() {
    boolean first = !decided;
    decided = true;
    return first;
  }
}
