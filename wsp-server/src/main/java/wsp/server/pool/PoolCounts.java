package wsp.server.pool;

/**
 * How many clients and connections there are.
 *
 * @param clients pools
 * @param idle idle connections
 * @param busy connections with an exchange, or on version 2 some
 * @param links connections of version 2, idle and busy
 * @param exchanges exchanges on all of them, and those whose answers have outlived theirs
 */
public record PoolCounts(int clients, int idle, int busy, int links, int exchanges) {
  public PoolCounts(int clients, int idle, int busy) {
    this(clients, idle, busy, 0, busy);
  }

  PoolCounts with(int outliving) {
    return new PoolCounts(clients, idle, busy, links, exchanges + outliving);
  }
}
