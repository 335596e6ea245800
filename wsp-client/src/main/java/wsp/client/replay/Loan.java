package wsp.client.replay;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A replay that waits for the thread of the connection it is to get. Whoever takes it out sees to
 * it: that thread, or the one that finds the connection at its end. For all threads.
 */
final class Loan {
  private final AtomicReference<@Nullable Replay> waiting = new AtomicReference<>();

  /** It waits from now on. */
  void to(Replay replay) {
    waiting.set(replay);
  }

  /** The connection is there. */
  void attach(OriginConnection connection) {
    Replay replay = waiting.getAndSet(null);
    if (replay != null) replay.attach(connection);
  }

  /** The connection will not be there. */
  void refuse() {
    Replay replay = waiting.getAndSet(null);
    if (replay != null) replay.notAttached();
  }
}
