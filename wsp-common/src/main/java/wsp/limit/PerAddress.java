package wsp.limit;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * How many of a thing each address has. Of IPv6 the first 64 bits count: that is what one
 * subscriber has at least. There are no more entries than things. Safe for all threads.
 */
public final class PerAddress {
  private final ConcurrentMap<Object, Integer> counts = new ConcurrentHashMap<>();

  public static Object key(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length == 4) return address;
    long network = 0;
    for (int i = 0; i < 8; i++) network = (network << 8) | (bytes[i] & 0xff);
    return network;
  }

  /** One more, to be given back with {@link #leave}; false if it has so many already. */
  public boolean enter(Object key, int most) {
    if (counts.merge(key, 1, Integer::sum) <= most) return true;
    leave(key);
    return false;
  }

  public void leave(Object key) {
    var unused = counts.computeIfPresent(key, (k, count) -> count == 1 ? null : count - 1);
  }

  public int size() {
    return counts.size();
  }
}
