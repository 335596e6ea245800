package wsp.server.listener;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import org.glassfish.grizzly.nio.DefaultSelectorHandler;
import org.glassfish.grizzly.nio.SelectorRunner;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.process.LastResort;

/**
 * Where one round of a selector thread's events ends and the next begins: what it still has to
 * write when it has seen to all of them leaves just before it waits for more. Each write wakes
 * whoever reads at the other end, and several in a row find it awake: at 100 connections that saves
 * a tenth of the work of a small request.
 */
final class RoundEnd extends DefaultSelectorHandler {
  private static final Logger LOG = LoggerFactory.getLogger(RoundEnd.class);

  /** What comes beyond these does not wait: it would keep too many bytes here, and for too long. */
  private static final int MOST = 256;

  /** What a selector thread keeps from round to round. */
  private record Kept(Queue<OutQueue> waiting, ReadyKeys ready) {}

  /** Of the selector threads, from their first round on. */
  private static final ThreadLocal<@Nullable Kept> KEPT = new ThreadLocal<>();

  /**
   * Goes on with these writes at the end of the round.
   *
   * @return false, and never does, where this is not a selector thread or enough wait already
   */
  static boolean awaitedBy(OutQueue out) {
    Kept kept = KEPT.get();
    return kept != null && kept.waiting.size() < MOST && kept.waiting.add(out);
  }

  @Override
  public Set<SelectionKey> select(SelectorRunner runner) throws IOException {
    Kept kept = KEPT.get();
    if (kept == null) {
      kept = new Kept(new ArrayDeque<>(), new ReadyKeys());
      KEPT.set(kept);
    }
    for (OutQueue o = kept.waiting.poll(); o != null; o = kept.waiting.poll()) goOn(o);
    // Whatever a task has put off is to be done at once.
    long millis = runner.getPostponedTasks().isEmpty() ? getSelectTimeout() : 0;
    kept.ready.select(runner.getSelector(), millis);
    return kept.ready;
  }

  private static void goOn(OutQueue out) {
    try {
      out.goOn();
    } catch (RuntimeException | Error e) {
      LastResort.endIfOutOfMemory(e);
      // Grizzly would take it for the fault of the connection whose event was the last.
      LOG.error("writing failed", e);
      out.cut();
    }
  }
}
