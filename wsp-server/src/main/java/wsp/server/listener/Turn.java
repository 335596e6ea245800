package wsp.server.listener;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How far a caller's connection may go before the others of its selector thread have had their
 * turn: many small requests can come in one read. A turn ends with the round of events that it
 * began in, and there is one more for each round, however many reasons to go on there are.
 */
final class Turn {
  static final int REQUESTS = 16;

  private final AtomicBoolean awaited = new AtomicBoolean();

  /** Of the selector thread. */
  private int requests;

  /** Of the selector thread: one is further down on its stack. */
  private boolean running;

  /** True if the next turn has to be asked for; false if somebody has. */
  boolean await() {
    return awaited.compareAndSet(false, true);
  }

  void comes() {
    awaited.set(false);
  }

  void begins() {
    requests = 0;
    running = true;
  }

  void ends() {
    running = false;
  }

  boolean isRunning() {
    return running;
  }

  void requested() {
    requests++;
  }

  boolean isOver() {
    return requests >= REQUESTS;
  }
}
