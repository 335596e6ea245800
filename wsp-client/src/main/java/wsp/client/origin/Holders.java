package wsp.client.origin;

import java.net.InetAddress;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import wsp.client.net.NameMap;
import wsp.destination.IpLiteral;
import wsp.limit.PerAddress;

/**
 * Which head of an answer gives way where the memory for them is short. What counts is all that an
 * origin holds, by bytes times time: one with many heads is to blame however young each is, and one
 * whose heads stay makes room for those that come. Stateless.
 */
public final class Holders {
  /** A head that takes memory. */
  public interface Head {
    /** Of its origin, which may have as many ports, and callers, as it likes. */
    String host();

    /** What it takes; one that takes nothing does not go. */
    long bytes();

    /** When it came, in nanoTime. */
    long since();

    /** What it weighs in its owner's account. */
    default double weight(long now) {
      return (double) bytes() * millis(now, LEAST_MILLIS);
    }

    /** For how long it has been here, as far as that counts: at least so many milliseconds. */
    default long millis(long now, long least) {
      long millis = least + TimeUnit.NANOSECONDS.toMillis(now - since());
      return Math.max(least, Math.min(MOST_MILLIS, millis));
    }
  }

  /** A head that has just come weighs this time what it takes; nearly all are whole by then. */
  private static final long LEAST_MILLIS = 100;

  /** More makes no difference: bodies may run for hours, and their heads are kept as long. */
  private static final long MOST_MILLIS = 2_000;

  private Holders() {}

  /**
   * The head that has to go: of the owner whose heads weigh most together, of the host of that one
   * whose heads weigh most, the first by that order, or else the first that was given.
   *
   * @param now nanoTime
   * @return null if none takes anything
   */
  public static <T extends Head> @Nullable T surplus(
      Collection<T> all, long now, Comparator<T> order) {
    Collection<T> some = all.stream().filter(head -> head.bytes() > 0).toList();
    if (some.isEmpty()) return null;
    List<T> ofOwner = heaviest(some, head -> owner(head.host()), now);
    return Collections.min(heaviest(ofOwner, Head::host, now), order);
  }

  /** The heads of whom weigh most together; not of none. */
  private static <T extends Head> List<T> heaviest(
      Collection<T> heads, Function<T, Object> whose, long now) {
    Map<Object, Double> weights = new HashMap<>();
    for (T each : heads) weights.merge(whose.apply(each), each.weight(now), Double::sum);
    Object most = Collections.max(weights.entrySet(), Map.Entry.comparingByValue()).getKey();
    return heads.stream().filter(head -> whose.apply(head).equals(most)).toList();
  }

  /**
   * Who is to blame for what a host holds: names below a zone, and addresses of IPv6 within their
   * first 64 bits, cost their owner nothing.
   */
  public static Object owner(String host) {
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    InetAddress literal = IpLiteral.of(bracketed ? host.substring(1, host.length() - 1) : host);
    return literal == null ? NameMap.zone(host) : PerAddress.key(literal);
  }
}
