package wsp.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.server.pool.ClientPools;
import wsp.server.pool.PoolCounts;

/** The numbers of clients, connections and streams, in words for operators. */
final class Tally {
  private static final Logger LOG = LoggerFactory.getLogger(Tally.class);

  private final ClientPools pools;

  /** Of the maintenance alone. */
  private PoolCounts last = new PoolCounts(0, 0, 0);

  Tally(ClientPools pools) {
    this.pools = pools;
  }

  /** All of them in one line, with the rate of the requests in words. Any thread. */
  String line(String rate) {
    PoolCounts counts = pools.counts();
    String streams =
        counts.links() == 0
            ? ""
            : ", %d streams on %d links".formatted(counts.exchanges(), counts.links());
    return "%d clients, %d idle, %d busy%s, %d waiting, %s"
        .formatted(counts.clients(), counts.idle(), counts.busy(), streams, pools.waiting(), rate);
  }

  /** Logs them if they are others than the last time. */
  void logChange() {
    PoolCounts counts = pools.counts();
    if (counts.equals(last)) return;
    last = counts;
    LOG.info(
        "{} pools, {} idle connections, {} busy{}",
        counts.clients(),
        counts.idle(),
        counts.busy(),
        counts.links() == 0
            ? ""
            : ", %d streams on %d of wire 2".formatted(counts.exchanges(), counts.links()));
  }
}
