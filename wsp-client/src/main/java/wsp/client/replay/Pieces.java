package wsp.client.replay;

import org.apache.hc.core5.reactor.EventMask;
import org.apache.hc.core5.reactor.IOSession;
import org.jspecify.annotations.Nullable;

/**
 * Pieces of a response that have been handed on and not taken yet: while there are any, reading
 * pauses. Safe for all threads.
 */
final class Pieces {
  private int untaken;

  /** One is about to be handed on. */
  synchronized void handingOn() {
    untaken++;
  }

  /** It was, and perhaps taken at once. */
  synchronized void handedOn(boolean taken, @Nullable IOSession from) {
    if (taken) untaken--;
    // It may have been taken in the meantime, by another thread.
    if (untaken > 0 && from != null) from.clearEvent(EventMask.READ);
  }

  /** One that was not taken at once has been taken. */
  synchronized void taken(@Nullable IOSession from) {
    if (untaken > 0 && --untaken == 0) readOn(from);
  }

  /** None of them counts any more. */
  synchronized void forget(@Nullable IOSession from) {
    if (untaken == 0) return;
    untaken = 0;
    readOn(from);
  }

  private static void readOn(@Nullable IOSession from) {
    if (from != null) from.setEvent(EventMask.READ);
  }
}
