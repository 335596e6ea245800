package wsp.server.listener;

import org.jspecify.annotations.Nullable;

/**
 * How many connections of each kind the port may have: as many as the configuration allows, unless
 * the process has too few file descriptors for them. Then callers and clients get half each, one
 * address half of the callers' part, and what either may not use is the other's.
 *
 * @param callers connections of callers, without those in reserve
 * @param perAddress how many of them one address may have
 * @param reserve connections of callers beyond these
 * @param links connections of clients, those that have not greeted included
 */
record Shares(int callers, int perAddress, int reserve, long links) {
  private static final int MOST_IN_RESERVE = 64;

  static Shares of(ListenerLimits.Crowd crowd, DescriptorReserve descriptors) {
    long all = descriptors.connections();
    int reserve = (int) Math.max(1, Math.min(MOST_IN_RESERVE, all / 8));
    // Twice: those that have had their answer may stay until it has been read.
    long rest = Math.max(2, all - 2L * reserve);
    // Some more: those that have not greeted, and then hear that there are too many.
    long wanted = (long) crowd.links() + reserve;
    long links = Math.min(wanted, Math.max(rest / 2, rest - crowd.connections()));
    int callers = (int) Math.min(crowd.connections(), rest - links);
    int half = callers < crowd.connections() ? (callers + 1) / 2 : Integer.MAX_VALUE;
    return new Shares(callers, Math.min(crowd.perAddress(), half), reserve, rest - callers);
  }

  int reservePerAddress() {
    return Math.max(1, reserve / 4);
  }

  /** That these are fewer than the configuration allows; null if they are not. */
  @Nullable String warning(ListenerLimits.Crowd crowd) {
    if (callers >= crowd.connections() && links >= crowd.links()) return null;
    return "file descriptors suffice for %d connections of callers, %d of one address, and for %d of clients: that counts, and not maxcallers, maxcallersperaddress and maxconnections, until ulimit -n (LimitNOFILE of systemd) is raised"
        .formatted(callers, perAddress, links);
  }
}
