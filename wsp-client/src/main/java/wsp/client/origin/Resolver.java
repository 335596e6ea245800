package wsp.client.origin;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import wsp.address.AddressGuard;
import wsp.destination.IpLiteral;
import wsp.process.Descriptors;

/**
 * The addresses of origins: resolved once, remembered for a short while, and connected to as they
 * were resolved and checked, so that another answer to the same question gains nothing. Safe for
 * all threads.
 */
public final class Resolver {
  private static final int MAX_NAMES = 1000;
  private static final long KEPT_NANOS = 10_000_000_000L;

  /** Knows the addresses of names. */
  @FunctionalInterface
  public interface Lookup {
    /** All of them, at least one; may block. */
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  private record Known(List<InetAddress> addresses, long resolvedAt) {}

  private final Map<String, Known> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > MAX_NAMES;
        }
      };

  private final Lookup lookup;
  private volatile AddressGuard guard;

  /**
   * A resolver that knows no name yet.
   *
   * @param guard what addresses are checked against
   */
  public Resolver(Lookup lookup, AddressGuard guard) {
    this.lookup = lookup;
    this.guard = guard;
  }

  /** From now on, this is what addresses are checked against. */
  public void guard(AddressGuard next) {
    guard = next;
  }

  /** Whether what was checked once may still be connected to. */
  public boolean permits(InetAddress address) {
    return guard.permits(address);
  }

  /** The addresses if they can be had without waiting: a literal, or a name resolved lately. */
  public @Nullable List<InetAddress> atOnce(String host, long nanoTime) throws ReplayException {
    InetAddress literal = IpLiteral.of(host);
    if (literal != null) return check(host, List.of(literal));
    Known entry;
    synchronized (known) {
      entry = known.get(host);
    }
    if (entry == null || nanoTime - entry.resolvedAt > KEPT_NANOS) return null;
    // The guard may have changed since.
    return check(host, entry.addresses);
  }

  /** The addresses; may block for long. */
  public List<InetAddress> resolve(String host, long nanoTime) throws ReplayException {
    List<InetAddress> addresses = lookUp(host);
    synchronized (known) {
      known.remove(host);
      known.put(host, new Known(addresses, nanoTime));
    }
    return check(host, addresses);
  }

  private List<InetAddress> lookUp(String host) throws ReplayException {
    try {
      return List.of(lookup.addresses(host));
    } catch (UnknownHostException e) {
      // A resolver that cannot open a file or a socket knows no name.
      if (Descriptors.areExhausted(e))
        throw new ReplayException(
            Failure.NO_DESCRIPTOR, "cannot look " + host + " up: no file descriptor is left here");
      throw unknown(host);
    }
  }

  /** The failure that a name without addresses means. */
  public static ReplayException unknown(String host) {
    return new ReplayException(Failure.UNKNOWN_HOST, "unknown host " + host);
  }

  /** Those of a host's addresses that may be connected to; nothing else ever is. */
  private List<InetAddress> check(String host, List<InetAddress> addresses) throws ReplayException {
    AddressGuard now = guard;
    List<InetAddress> permitted = addresses.stream().filter(now::permits).toList();
    if (permitted.isEmpty()) {
      // Not which address: what a name means inside is no business of the caller's.
      throw new ReplayException(
          Failure.PROHIBITED_ADDRESS, "the address of " + host + " is not allowed");
    }
    return permitted;
  }
}
