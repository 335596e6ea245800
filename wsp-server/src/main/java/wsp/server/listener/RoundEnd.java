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
import wsp.runtime.LastResort;

/**
 * What a selector thread still has to write when it has seen to a round of events, just before it
 * waits for the next one. Each write wakes whoever reads at the other end, and several in a row
 * find it awake: at 100 connections that saves a tenth of the work of a small request.
 */
final class RoundEnd extends DefaultSelectorHandler {
  private static final Logger LOG = LoggerFactory.getLogger(RoundEnd.class);

  /** What comes beyond these does not wait: it would keep too many bytes here, and for too long. */
  private static final int MOST = 256;

  /** Of the selector threads, from their first round on. */
  private static final ThreadLocal<@Nullable Queue<OutQueue>> WAITING = new ThreadLocal<>();

  /**
   * Goes on with these writes at the end of the round.
   *
   * @return false, and never does, where this is not a selector thread or enough wait already
   */
  static boolean awaitedBy(OutQueue out) {
    Queue<OutQueue> waiting = WAITING.get();
    return waiting != null && waiting.size() < MOST && waiting.add(out);
  }

  @Override
  public Set<SelectionKey> select(SelectorRunner runner) throws IOException {
    Queue<OutQueue> waiting = WAITING.get();
    if (waiting == null) WAITING.set(new ArrayDeque<>());
    else for (OutQueue o = waiting.poll(); o != null; o = waiting.poll()) goOn(o);
    return super.select(runner);
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
