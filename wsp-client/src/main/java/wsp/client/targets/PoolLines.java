package wsp.client.targets;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.client.websocket.Endpoint;
import wsp.limit.LogLimit;

/** The lines of the log about one pool. Safe for all threads. */
final class PoolLines {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionPool.class);
  private static final Duration SAME_AGAIN = Duration.ofMinutes(1);

  private final Endpoint target;
  private final LogLimit failures = new LogLimit(SAME_AGAIN);
  private final LogLimit losses = new LogLimit(Duration.ofSeconds(1));
  private String lastCounts = "";

  PoolLines(Endpoint target) {
    this.target = target;
  }

  void dialling() {
    LOG.debug("Connecting to {}", target);
  }

  /** A fault of this program's. */
  void failed(RuntimeException e) {
    LOG.error("dialling {} failed:", target, e);
  }

  /** There is a link again. */
  void connected(int wire) {
    LOG.info("Connected to {}, wire {}", target, wire);
  }

  /** An attempt to connect has failed; news if it is for another reason than the last time. */
  void failed(String why, boolean news) {
    boolean due = failures.allows(System.nanoTime());
    if (news || due) LOG.warn("Unable to connect to {}: {}", target, why);
  }

  void draining() {
    LOG.debug("{} takes no more work on a link", target);
  }

  /** A link has ended otherwise than by a close in order; early if it was of no use before. */
  void lost(boolean early, String why) {
    if (!losses.allows(System.nanoTime())) return;
    if (early) LOG.warn("Not registered at {}: before it was used, {}", target, why);
    else LOG.warn("Lost a connection to {}: {}", target, why);
  }

  /** How many there are, if that has changed. */
  synchronized void counts(PoolCounts c) {
    String links = c.idle() + " idle, " + c.busy() + " busy, " + (c.idle() + c.busy()) + " in all";
    String counts =
        c.wire() < 2 ? links : links + ", " + c.streams() + " streams, wire " + c.wire();
    if (counts.equals(lastCounts)) return;
    lastCounts = counts;
    LOG.info("pool {}: {}", target, counts);
  }
}
