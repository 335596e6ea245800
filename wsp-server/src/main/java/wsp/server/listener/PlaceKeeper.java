package wsp.server.listener;

import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each connection that comes its place, or none, within the {@link Shares} of the moment.
 * Safe for all threads.
 */
final class PlaceKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(PlaceKeeper.class);

  private final CallerPlaces places = new CallerPlaces();

  /** Those in reserve, which are few. */
  private final Set<CallerWatch> hurried = ConcurrentHashMap.newKeySet();

  private volatile ListenerLimits.Crowd crowd;
  volatile DescriptorReserve descriptors = new DescriptorReserve(Long.MAX_VALUE, 0);
  private volatile Shares shares;

  PlaceKeeper(ListenerLimits.Crowd crowd) {
    this.crowd = crowd;
    shares = Shares.of(crowd, descriptors);
  }

  void allow(ListenerLimits.Crowd next) {
    crowd = next;
    share();
  }

  void descriptors(DescriptorReserve next) {
    descriptors = next;
    share();
  }

  private void share() {
    ListenerLimits.Crowd now = crowd;
    Shares next = Shares.of(now, descriptors);
    if (next.equals(shares)) return;
    shares = next;
    String few = next.warning(now);
    if (few != null) LOG.warn(few);
  }

  /** How many places of callers have been given out, those in reserve included. */
  int taken() {
    return places.taken();
  }

  /**
   * A place for a connection from this address; null if there is none, which is logged.
   *
   * @param from null if it is not known
   */
  CallerPlaces.@Nullable Place place(@Nullable InetAddress from) {
    Shares now = shares;
    InetAddress counted = from == null || crowd.isProxy(from) ? null : from;
    CallerPlaces.Place place = places.take(counted, now);
    if (place == null && places.full(now) && displace(now)) place = places.take(counted, now);
    if (place == null)
      Strangers.LINES.warn(
          LOG,
          who(from),
          "refused a connection from {}: there are {} connections of callers, or {} of this"
              + " address, and what is in reserve beyond them",
          who(from),
          now.callers(),
          now.perAddress());
    return place;
  }

  private static String who(@Nullable InetAddress from) {
    return from == null ? "unknown" : from.getHostAddress();
  }

  void hurry(CallerWatch connection) {
    hurried.add(connection);
  }

  void leave(CallerWatch connection) {
    hurried.remove(connection);
    connection.place.giveBack();
  }

  /** How many connections of clients there may be. */
  long links() {
    return shares.links();
  }

  /**
   * Whether one of these connections may become a client's; if not, that is logged.
   *
   * @param connections all of the port
   */
  boolean hasLink(int connections, Remote remote) {
    long most = shares.links();
    if (connections - places.taken() < most) return true;
    Strangers.LINES.warn(
        LOG,
        who(remote.address()),
        "refused a registration from {}: there are {} connections of clients, and no file"
            + " descriptors for more",
        remote,
        most);
    return false;
  }

  /**
   * The reserve is for those who ask at once: one that has its answer makes room, or who has not
   * asked for longest.
   */
  private boolean displace(Shares now) {
    long nanos = System.nanoTime();
    CallerWatch first = null;
    for (CallerWatch c : hurried) {
      if (c.place.isGivenBack()) {
        // Last words have a moment to be read in, unless too many wait for that.
        if (hurried.size() > 2 * now.reserve()) c.wire.abort();
      } else if (first == null || c.patience(nanos) < first.patience(nanos)) {
        first = c;
      }
    }
    if (first == null || first.patience(nanos) == Long.MAX_VALUE) return false;
    first.place.giveBack();
    if (!first.wire.closing.begun()) first.goAway();
    return true;
  }
}
