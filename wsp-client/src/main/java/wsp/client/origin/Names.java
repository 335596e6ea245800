package wsp.client.origin;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import wsp.address.AddressGuard;
import wsp.address.NameLookup;
import wsp.client.net.Lookups;
import wsp.process.Safely;

/** The addresses at which an origin may be connected to, for every engine. Safe for all threads. */
public final class Names implements AutoCloseable {
  private final Resolver resolver;
  private final Lookups lookups;
  private volatile OwnPort ownPort = new OwnPort(0);

  public Names(NameLookup names) {
    resolver = new Resolver(names);
    lookups = new Lookups("wsp-origin-names", host -> resolver.resolve(host, System.nanoTime()));
  }

  /** Hears where an origin is. */
  @FunctionalInterface
  public interface Found {
    /** Its addresses, or why there are none, as {@link #why} takes it out. */
    void are(@Nullable List<InetAddress> addresses, @Nullable Throwable why);
  }

  /** From now on, there are no other addresses than those that this permits, too. */
  public void guard(AddressGuard next) {
    resolver.guard(next);
  }

  /** From now on, this port of this machine may not be an origin's. */
  public void reserve(int port) {
    ownPort = new OwnPort(port);
  }

  public boolean permits(AddressGuard own, InetAddress address) {
    return resolver.permits(own, address);
  }

  /** The addresses, at least one; null if a look-up has to be waited for. */
  public @Nullable List<InetAddress> atOnce(AddressGuard own, Route route) throws ReplayException {
    List<InetAddress> known = resolver.atOnce(own, route.host(), System.nanoTime());
    return known == null ? null : ownPort.without(route, known);
  }

  /** Begins a look-up, whose end {@link #end} waits for. */
  public CompletableFuture<List<InetAddress>> begin(Route route) {
    return lookups.find(route.host());
  }

  /** Tells the end of a look-up, perhaps at once, of what the request's own guard permits. */
  public void end(
      CompletableFuture<List<InetAddress>> lookup, AddressGuard own, Route route, Found told) {
    Safely.atEnd(
        resolver
            .orLast(route.host(), System.nanoTime(), lookup)
            .thenApply(all -> permitted(own, route, all)),
        told::are);
  }

  /** Finds the addresses; what is returned cancels the look-up; null: it is told already. */
  public @Nullable Future<?> find(AddressGuard own, Route route, Found told) {
    try {
      List<InetAddress> known = atOnce(own, route);
      if (known == null) {
        CompletableFuture<List<InetAddress>> lookup = begin(route);
        end(lookup, own, route, told);
        return lookup;
      }
      told.are(known, null);
    } catch (ReplayException e) {
      told.are(null, e);
    }
    return null;
  }

  private List<InetAddress> permitted(AddressGuard own, Route route, List<InetAddress> found) {
    try {
      return ownPort.without(route, resolver.permitted(own, route.host(), found));
    } catch (ReplayException e) {
      throw new CompletionException(e);
    }
  }

  public static ReplayException why(Route route, @Nullable Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException e && e.getCause() != null) cause = e.getCause();
    if (cause instanceof ReplayException e) return e;
    return new ReplayException(
        Failure.INTERNAL,
        cause instanceof RejectedExecutionException
            ? "the client looks up too many names, has no thread left for it, or is stopping"
            : "looking up " + route.host() + " failed: " + cause);
  }

  @Override
  public void close() {
    lookups.close();
  }
}
