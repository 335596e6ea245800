package wsp.server.pool;

/** Which client gets a request, of those that have an idle connection. */
public enum Balance {
  RANDOM,
  /** The one with the fewest busy connections. */
  LEASTBUSY
}
