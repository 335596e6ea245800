package wsp.server;

/** Which client gets a request, of those that have an idle connection. */
enum Balance {
  /** Any. */
  RANDOM,
  /** The one with the fewest busy connections. */
  LEASTBUSY
}
