package wsp.client;

/**
 * How many connections a pool keeps; pure arithmetic.
 *
 * @param idleSize how many idle ones the server is asked to leave open
 * @param minIdle how many should be idle, at least, while others are busy
 * @param minOpen how many should be open in all, at least
 * @param max how many may be open in all
 */
record PoolSizes(int idleSize, int minIdle, int minOpen, int max) {
  /** The same with no more than so many in all. */
  PoolSizes atMost(int connections) {
    return max <= connections ? this : new PoolSizes(idleSize, minIdle, minOpen, connections);
  }

  /**
   * The idle size of the greeting: the server closes idle connections beyond it, so it must not be
   * less than what would be opened anew at once.
   */
  int announced() {
    return Math.max(idleSize, Math.max(minIdle, minOpen));
  }

  /**
   * How many connections to open now, given those there are. Connecting ones count as idle to be.
   * With none open yet, one is tried alone: a server that is away should see a probe, not a burst.
   *
   * @param surge how many more should be idle than {@code minIdle}, for the moment
   */
  int toOpen(int connecting, int idle, int busy, int surge) {
    int open = connecting + idle + busy;
    int wanted = minIdle == 0 ? 0 : minIdle + surge;
    int missing = Math.max(wanted - idle - connecting, minOpen - open);
    int possible = Math.max(0, Math.min(missing, max - open));
    return idle + busy > 0 ? possible : Math.min(possible, connecting == 0 ? 1 : 0);
  }
}
