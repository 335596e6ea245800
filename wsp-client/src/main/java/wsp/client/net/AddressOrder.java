package wsp.client.net;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import wsp.address.Addresses;
import wsp.limit.BoundedMap;

/**
 * In which order the addresses of a place are tried (RFC 8305 §4): the one that has answered in
 * place of another first, and then the families in turn, each in the order of the resolver. What
 * answered is remembered for ten minutes, of the last 1,000 such places. Time is an argument. Safe
 * for all threads.
 */
final class AddressOrder {
  private static final long KEPT_NANOS = 600_000_000_000L;
  private static final int MOST_PLACES = 1000;

  private record Good(InetAddress address, long since) {}

  /** Guarded by itself. */
  private final Map<String, Good> good = new BoundedMap<>(MOST_PLACES);

  List<InetAddress> of(String place, List<InetAddress> addresses, long now) {
    if (addresses.size() < 2) return addresses;
    List<InetAddress> rest = new ArrayList<>(addresses);
    InetAddress known = known(place, now);
    if (known != null && rest.remove(known)) rest.add(0, known);
    return Addresses.inTurns(rest, rest.get(0).getClass());
  }

  private @Nullable InetAddress known(String place, long now) {
    synchronized (good) {
      Good known = good.get(place);
      return known == null || now - known.since > KEPT_NANOS ? null : known.address;
    }
  }

  /** It answered, and not the one that was tried before it. */
  void answered(String place, InetAddress address, long now) {
    synchronized (good) {
      good.remove(place);
      good.put(place, new Good(address, now));
    }
  }

  /** It answered, and was of no use all the same. */
  void failed(String place, InetAddress address) {
    synchronized (good) {
      Good known = good.get(place);
      if (known != null && known.address.equals(address)) good.remove(place);
    }
  }
}
