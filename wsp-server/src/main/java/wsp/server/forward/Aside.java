package wsp.server.forward;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.function.Consumer;
import wsp.process.BoundedExecutor;
import wsp.server.failure.ProxyError;
import wsp.server.listener.Caller;

/**
 * A step of a request that takes long, and waits for its turn on a worker; a caller who leaves
 * first takes it out again. Callers take turns; what waits for too long is refused, and so is what
 * comes when many of the same caller's wait.
 */
final class Aside {
  /** How many of one caller wait: as each takes some ten milliseconds, they take a moment. */
  static final int MOST_OF_ONE = 32;

  private final BoundedExecutor.Task task;
  private final Consumer<Refused> refused;

  @GuardedBy("this")
  private boolean decided;

  /**
   * @param owner what its caller is told from others by
   * @param deadline until when it waits; nanoTime
   * @param refused hears instead that the step is not taken: the caller has left, or it is too much
   */
  Aside(Object owner, long deadline, Runnable step, Consumer<Refused> refused) {
    this.task = new BoundedExecutor.Task(owner, deadline, () -> run(step), this::late);
    this.refused = refused;
  }

  void take(Caller caller, BoundedExecutor workers) {
    caller.onGone(
        told -> {
          workers.remove(task);
          refuse(Refused.gone(told));
        });
    // One who has left has taken out what was not there yet.
    if (isDecided()) return;
    if (!workers.execute(task)) refuse(because("too many of this caller wait to be judged"));
    else if (isDecided()) workers.remove(task);
  }

  private static Refused because(String detail) {
    return Refused.because(ProxyError.TOO_MUCH_TO_JUDGE, detail);
  }

  private void run(Runnable step) {
    if (decides()) step.run();
  }

  private void late() {
    refuse(because("it has waited for timeout"));
  }

  private void refuse(Refused why) {
    if (decides()) refused.accept(why);
  }

  private synchronized boolean isDecided() {
    return decided;
  }

  private synchronized boolean decides() {
    boolean first = !decided;
    decided = true;
    return first;
  }
}
