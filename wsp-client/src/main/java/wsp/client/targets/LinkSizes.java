package wsp.client.targets;

/**
 * How many links of version 2 a pool keeps, each of which carries many requests; pure arithmetic.
 *
 * @param links how many at least
 * @param max how many at most
 * @param exchanges how many requests they may have at once, all together
 */
record LinkSizes(int links, int max, int exchanges) {
  private static final int AT_LEAST = 2;

  /** More than so many make nothing better as long as little is under way. */
  private static final int AT_WISH = 5;

  /**
   * One link for each I/O thread, two at least, so that the loss of one costs no pause; and up to
   * five where as many are wished for and two thirds of those allowed are left for exchanges that
   * last.
   *
   * @param wish how many idle connections the configuration wishes for
   * @param max how many it allows
   */
  static LinkSizes of(int threads, int wish, int max, int exchanges) {
    int wished = Math.min(Math.min(wish, max / 3), AT_WISH);
    int links = Math.max(Math.max(AT_LEAST, threads), wished);
    return new LinkSizes(Math.min(max, links), max, exchanges);
  }

  /** How many requests each link may carry: together as many as the target may have. */
  int streams() {
    return (exchanges + links - 1) / links;
  }

  /**
   * How many links to open now, given those there are. With none open yet, one is tried alone; with
   * all of them full, one more is opened at a time, as long as that makes more room. Where all have
   * something to carry, exchanges that last are spread over as many links as their square root:
   * losing one of n² costs n of them, and a lost packet holds up no more than those.
   *
   * @param lasting exchanges that have been under way for a while
   */
  int toOpen(int connecting, OpenLinks open, int lasting) {
    int taking = open.taking();
    if (taking == 0) return connecting == 0 && open.size() < max ? 1 : 0;
    boolean full = taking >= links && open.full() == taking && open.room() < exchanges;
    int spread = open.idle() > 0 ? 0 : (int) Math.ceil(Math.sqrt(lasting));
    int wanted = full ? taking + 1 : Math.max(links, spread);
    return Math.max(0, Math.min(wanted - taking, max - open.size()) - connecting);
  }
}
