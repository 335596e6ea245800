package wsp.client.origin;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import wsp.address.AddressGuard;
import wsp.address.Addresses;
import wsp.address.NameLookup;
import wsp.address.SystemNames;
import wsp.client.net.NameMap;
import wsp.destination.IpLiteral;
import wsp.process.Descriptors;

/**
 * The addresses of origins, the first few of each name: resolved once, remembered for a short
 * while, and connected to as they were resolved and checked, so that another answer to the same
 * question gains nothing. Safe for all threads.
 */
public final class Resolver {
  private static final int MAX_NAMES = 1000;
  private static final long KEPT_NANOS = 10_000_000_000L;

  /** As long as no name server answers, its last answer is good for so long. */
  private static final long LAST_NANOS = 600_000_000_000L;

  private static final long PATIENCE_MILLIS = 1_000;

  /**
   * What a name server said last.
   *
   * @param askedAt which may be later than what was said
   */
  private record Known(List<InetAddress> addresses, long resolvedAt, long askedAt) {}

  /** Guarded by itself. */
  private final NameMap<Known> known = new NameMap<>(MAX_NAMES);

  private final NameLookup lookup;
  private volatile AddressGuard guard = AddressGuard.DEFAULT;

  public Resolver(NameLookup lookup) {
    this.lookup = lookup;
  }

  /** From now on, addresses are checked against this one, too. */
  public void guard(AddressGuard next) {
    guard = next;
  }

  /** Whether an address that was checked before may be connected to, under this guard. */
  public boolean permits(AddressGuard own, InetAddress address) {
    AddressGuard now = guard;
    return own.permits(address) && (own.equals(now) || now.permits(address));
  }

  /** The addresses, for this guard, if they can be had without waiting: a literal, or known. */
  public @Nullable List<InetAddress> atOnce(AddressGuard own, String host, long nanoTime)
      throws ReplayException {
    InetAddress literal = IpLiteral.of(host);
    if (literal != null) return permitted(own, host, List.of(literal));
    Known entry;
    synchronized (known) {
      entry = known.get(host);
    }
    if (entry == null || nanoTime - entry.askedAt > KEPT_NANOS) return null;
    // The guard may have changed since.
    return permitted(own, host, entry.addresses);
  }

  /**
   * The addresses, which nothing has checked yet; may block for long. While no name server answers,
   * those that it has told lately.
   */
  public List<InetAddress> resolve(String host, long nanoTime) throws ReplayException {
    List<InetAddress> addresses;
    try {
      addresses = Addresses.few(guard::permits, lookup.all(host));
    } catch (UnknownHostException e) {
      return insteadOf(e, host, nanoTime);
    }
    know(host, new Known(addresses, nanoTime, nanoTime));
    return addresses;
  }

  private void know(String host, Known next) {
    synchronized (known) {
      known.put(host, next);
    }
  }

  private List<InetAddress> insteadOf(UnknownHostException e, String host, long nanoTime)
      throws ReplayException {
    // A resolver that cannot open a file or a socket knows no name.
    if (Descriptors.areExhausted(e))
      throw new ReplayException(
          Failure.NO_DESCRIPTOR, "cannot look " + host + " up: no file descriptor is left here");
    if (!SystemNames.isUnanswered(e)) {
      synchronized (known) {
        known.remove(host);
      }
      throw unknown(host);
    }
    Known last = last(host, nanoTime);
    if (last == null) throw unanswered(host);
    know(host, new Known(last.addresses, last.resolvedAt, nanoTime));
    return last.addresses;
  }

  private @Nullable Known last(String host, long nanoTime) {
    synchronized (known) {
      Known entry = known.get(host);
      return entry == null || nanoTime - entry.resolvedAt > LAST_NANOS ? null : entry;
    }
  }

  /**
   * A look-up that waits no longer than a moment for name servers if they have answered lately, and
   * not at all where too many others wait: it ends with what they said, which those who ask next
   * have at once.
   *
   * @param found may end later, and is the same look-up
   */
  public CompletableFuture<List<InetAddress>> orLast(
      String host, long nanoTime, CompletableFuture<List<InetAddress>> found) {
    Known last = last(host, nanoTime);
    if (last == null) return found;
    if (isRefused(found)) return CompletableFuture.completedFuture(last.addresses);
    return found
        .completeOnTimeout(last.addresses, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
        .thenApply(
            all -> {
              if (all == last.addresses) know(host, new Known(all, last.resolvedAt, nanoTime));
              return all;
            });
  }

  private static boolean isRefused(CompletableFuture<?> found) {
    return found.isCompletedExceptionally()
        && found.handle((all, e) -> e instanceof RejectedExecutionException).join();
  }

  public static ReplayException unanswered(String host) {
    return new ReplayException(
        Failure.NO_NAME_SERVER, "cannot look " + host + " up: no name server answers");
  }

  public static ReplayException unknown(String host) {
    return new ReplayException(Failure.UNKNOWN_HOST, "unknown host " + host);
  }

  /** Those that may be connected to under this guard, at least one; nothing else ever is. */
  public List<InetAddress> permitted(AddressGuard own, String host, List<InetAddress> addresses)
      throws ReplayException {
    List<InetAddress> permitted = addresses.stream().filter(a -> permits(own, a)).toList();
    if (permitted.isEmpty()) {
      // Not which address: what a name means inside is no business of the caller's.
      throw new ReplayException(
          Failure.PROHIBITED_ADDRESS, "the address of " + host + " is not allowed");
    }
    return permitted;
  }
}
