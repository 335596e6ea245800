package wsp.server.listener;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many bytes of a connection are not in its socket yet, and what is to be done once none are.
 * Safe for all threads.
 */
final class Unwritten {
  private final AtomicInteger bytes = new AtomicInteger();
  private final Queue<Runnable> actions = new ConcurrentLinkedQueue<>();

  int bytes() {
    return bytes.get();
  }

  void add(int more) {
    bytes.addAndGet(more);
  }

  /** So many are in the socket, or never will be; true if those were the last. */
  boolean remove(int some) {
    return bytes.addAndGet(-some) == 0;
  }

  void whenNone(Runnable action) {
    actions.add(action);
    runActions();
  }

  /**
   * Runs what is due. An action that makes somebody write again may find itself back in the queue
   * before this loop ends: it is for the next time, or nothing would ever hold that writer back.
   */
  void runActions() {
    while (bytes() == 0) {
      Runnable action = actions.poll();
      if (action == null) return;
      action.run();
    }
  }
}
