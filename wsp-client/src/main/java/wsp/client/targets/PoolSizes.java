package wsp.client.targets;

import wsp.config.ConfigException;
import wsp.config.ConfigFile;

/**
 * How many connections a pool keeps; pure arithmetic.
 *
 * @param idleSize how many idle ones the server is asked to leave open
 * @param minIdle how many should be idle, at least, while others are busy
 * @param minOpen how many should be open in all, at least
 * @param max how many may be open in all
 */
public record PoolSizes(int idleSize, int minIdle, int minOpen, int max) {
  private static final int MANY = 100_000;
  private static final int DEFAULT_IDLE = 10;
  private static final int DEFAULT_MAX = 100;

  /** Those of a configuration, in which a default makes room for what the file says. */
  static PoolSizes of(ConfigFile file) throws ConfigException {
    int given = file.integer("PoolIdleSize", 0, 1, MANY);
    int max = file.integer("PoolMaxSize", Math.max(DEFAULT_MAX, given), 1, MANY);
    int idle = file.effective.note("PoolIdleSize", given > 0 ? given : Math.min(DEFAULT_IDLE, max));
    int minIdle = file.integer("PoolMinIdleSize", idle, 0, MANY);
    int minOpen = file.integer("PoolMinSize", idle, 1, MANY);
    requireRoom(file, "poolidlesize", idle, max);
    requireRoom(file, "poolminidlesize", minIdle, max);
    requireRoom(file, "poolminsize", minOpen, max);
    return new PoolSizes(idle, minIdle, minOpen, max);
  }

  private static void requireRoom(ConfigFile file, String key, int size, int max)
      throws ConfigException {
    if (size <= max) return;
    throw new ConfigException(
        file.where("poolmaxsize")
            + ": at least %s (%d) is expected, not %d".formatted(key, size, max));
  }

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
