package wsp.client.replay;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of origins: resolved once, remembered for a short while, and connected to as they
 * were resolved. Safe for all threads.
 */
final class Resolver {
  private static final int MAX_NAMES = 1000;
  private static final long KEPT_NANOS = 10_000_000_000L;

  private record Entry(List<InetAddress> addresses, long resolvedAt) {}

  private final Map<String, Entry> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Entry> eldest) {
          return size() > MAX_NAMES;
        }
      };

  /** The addresses if they can be had without waiting: a literal, or a name resolved lately. */
  @Nullable List<InetAddress> atOnce(String host, long nanoTime) throws UnknownHostException {
    if (isLiteral(host)) return resolveAndCheck(host);
    synchronized (known) {
      Entry entry = known.get(host);
      if (entry == null || nanoTime - entry.resolvedAt > KEPT_NANOS) return null;
      return entry.addresses;
    }
  }

  /** The addresses; may block for long. */
  List<InetAddress> resolve(String host, long nanoTime) throws UnknownHostException {
    List<InetAddress> addresses = resolveAndCheck(host);
    synchronized (known) {
      known.remove(host);
      known.put(host, new Entry(addresses, nanoTime));
    }
    return addresses;
  }

  /** The one place where a host becomes addresses; each of them is what is connected to. */
  private static List<InetAddress> resolveAndCheck(String host) throws UnknownHostException {
    return List.of(InetAddress.getAllByName(host));
  }

  /** In a canonical destination, only a dotted quad ends in a digit after its last dot. */
  private static boolean isLiteral(String host) {
    if (host.indexOf(':') >= 0) return true;
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c != '.' && (c < '0' || c > '9')) return false;
    }
    return true;
  }
}
