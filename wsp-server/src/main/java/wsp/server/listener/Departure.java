package wsp.server.listener;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

/** What is to be done, once, when a caller leaves before it has all. Safe for all threads. */
final class Departure {
  @GuardedBy("this")
  private Caller.@Nullable Gone action;

  synchronized void then(Caller.Gone next) {
    action = next;
  }

  void forget() {
    var unused = take();
  }

  /** Does it, if it is still to be done, with what {@link Caller.Gone} is told. */
  void happens(RequestListener.@Nullable Refusal told) {
    Caller.Gone due = take();
    if (due != null) due.gone(told);
  }

  private synchronized Caller.@Nullable Gone take() {
    Caller.Gone due = action;
    action = null;
    return due;
  }
}
