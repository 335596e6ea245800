package wsp.client.net;

import java.util.ArrayDeque;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.process.LastResort;
import wsp.process.Vital;

/**
 * A thread of the reactor, which can do things at the end of a round of events, just before it
 * waits for the next one. HttpCore has no word for that; but before each round it asks its thread
 * whether it was interrupted. The JDK's selector asks again before it waits, when nothing is left
 * to do. Should HttpCore ever stop asking, nothing that was put off would happen in time, and
 * hardly a test of this module would pass.
 */
final class IoThread extends Thread implements Vital {
  private static final Logger LOG = LoggerFactory.getLogger(IoThread.class);

  /** What comes beyond these does not wait: it would keep too many bytes here, and for too long. */
  private static final int MOST = 256;

  /** Of this thread. */
  private final Queue<Runnable> waiting = new ArrayDeque<>();

  IoThread(Runnable task) {
    super(task, "wsp-io");
    setDaemon(true);
  }

  /** As {@link Reactor#atEndOfRound}. */
  static boolean await(Runnable task) {
    return Thread.currentThread() instanceof IoThread here
        && here.waiting.size() < MOST
        && here.waiting.add(task);
  }

  @Override
  public boolean isInterrupted() {
    if (Thread.currentThread() == this)
      for (Runnable r = waiting.poll(); r != null; r = waiting.poll()) run(r);
    return super.isInterrupted();
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LastResort.endIfOutOfMemory(e);
      // The thread and the other connections on it live on.
      LOG.error("writing failed:", e);
    }
  }
}
