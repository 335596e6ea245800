package wsp.server.listener;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Tells whoever answers a request, once, that its caller has left. Safe for all threads. */
final class Departure {
  private final AtomicReference<Caller.@Nullable Gone> hearer = new AtomicReference<>();

  /** What its connection has told the caller, or would have; null: it has left by itself. */
  volatile RequestListener.@Nullable Refusal why;

  void heardBy(Caller.Gone action) {
    hearer.set(action);
  }

  /** From now on there is nobody to be told. */
  void ignore() {
    hearer.set(null);
  }

  void tell() {
    tell(why);
  }

  /** As one that leaves by itself, whatever was to be. */
  void tellLeft() {
    tell(null);
  }

  private void tell(RequestListener.@Nullable Refusal by) {
    Caller.Gone due = hearer.getAndSet(null);
    if (due != null) due.gone(by);
  }
}
