package wsp.client.replay;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.core5.reactor.EventMask;
import org.apache.hc.core5.reactor.IOSession;
import org.jspecify.annotations.Nullable;

/**
 * Replays that wait for the thread of a connection: the one that is to get it, and the one whose
 * origin is not asked any longer whether it wants the body. Whoever takes one out sees to it: that
 * thread, or the one that finds the connection at its end. For all threads.
 */
final class Loan {
  private final AtomicReference<@Nullable Replay> waiting = new AtomicReference<>();

  /** Of those that have the connection one after the other, at most one. */
  private volatile @Nullable Replay unsaid;

  void to(Replay replay, @Nullable IOSession session) {
    waiting.set(replay);
    wake(session);
  }

  /**
   * The origin has not said for long enough whether it wants the body. That is told on the thread
   * that hears what it does say, so that it comes before the answer or not at all.
   */
  void unsaid(Replay replay, @Nullable IOSession session) {
    unsaid = replay;
    wake(session);
  }

  private static void wake(@Nullable IOSession session) {
    if (session != null) session.setEvent(EventMask.WRITE);
  }

  /** The connection's thread is here, with the replay that has it. */
  void serve(OriginConnection connection, @Nullable Replay current) {
    Replay silent = unsaid;
    if (silent != null) {
      unsaid = null;
      if (silent == current) silent.proceed();
    }
    Replay replay = waiting.getAndSet(null);
    if (replay != null) replay.attach(connection);
  }

  /** The connection will not be there. */
  void refuse() {
    Replay replay = waiting.getAndSet(null);
    if (replay != null) replay.unsent(null);
  }
}
