package wsp.server.listener;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

/** What is to be done, once, when a caller leaves before it has all. Safe for all threads. */
final class Departure {
  @GuardedBy("this")
  private @Nullable Runnable action;

  /** From now on this is to be done. */
  synchronized void then(Runnable next) {
    action = next;
  }

  /** From now on nothing is. */
  void forget() {
    var unused = take();
  }

  /** Does it, if it is still to be done. */
  void happens() {
    Runnable due = take();
    if (due != null) due.run();
  }

  private synchronized @Nullable Runnable take() {
    Runnable due = action;
    action = null;
    return due;
  }
}
