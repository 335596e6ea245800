package wsp.client;

/**
 * How many links of version 2 a pool keeps, each of which carries many requests; pure arithmetic.
 *
 * @param links how many at least
 * @param max how many at most
 * @param exchanges how many requests they may have at once, all together
 */
record LinkSizes(int links, int max, int exchanges) {
  private static final int AT_LEAST = 2;

  /**
   * One link for each I/O thread, and two at least, so that the loss of one costs no pause.
   *
   * @param max how many the configuration allows
   */
  static LinkSizes of(int threads, int max, int exchanges) {
    return new LinkSizes(Math.min(max, Math.max(AT_LEAST, threads)), max, exchanges);
  }

  /** How many requests each link may carry: together as many as the target may have. */
  int streams() {
    return (exchanges + links - 1) / links;
  }

  /**
   * How many links to open now, given those there are. With none open yet, one is tried alone; with
   * all of them full, one more is opened at a time, as long as that makes more room.
   */
  int toOpen(int connecting, OpenLinks open) {
    int taking = open.taking();
    if (taking == 0) return connecting == 0 && open.size() < max ? 1 : 0;
    boolean full = taking >= links && open.full() == taking && open.room() < exchanges;
    int wanted = full ? taking + 1 : links;
    return Math.max(0, Math.min(wanted - taking, max - open.size()) - connecting);
  }
}
