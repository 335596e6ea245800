package wsp.client.httpclient;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import wsp.address.AddressGuard;
import wsp.address.NameLookup;
import wsp.client.net.Lookups;
import wsp.client.origin.Failure;
import wsp.client.origin.OwnPort;
import wsp.client.origin.ReplayException;
import wsp.client.origin.Resolver;
import wsp.client.origin.Route;

/** The addresses at which an origin may be connected to. Safe for all threads. */
final class Names implements AutoCloseable {
  private final Resolver resolver;
  private final Lookups lookups;
  private volatile OwnPort ownPort = new OwnPort(0);

  Names(NameLookup names) {
    resolver = new Resolver(names);
    lookups = new Lookups("wsp-origin-names", host -> resolver.resolve(host, System.nanoTime()));
  }

  /** Hears where an origin is. */
  @FunctionalInterface
  interface Found {
    /** Its addresses, or why there are none. */
    void are(@Nullable List<InetAddress> addresses, @Nullable Throwable why);
  }

  /** From now on, there are no other addresses than those that this permits, too. */
  void guard(AddressGuard next) {
    resolver.guard(next);
  }

  /** From now on, this port of this machine may not be an origin's. */
  void reserve(int port) {
    ownPort = new OwnPort(port);
  }

  /**
   * Finds the addresses, at least one; or a {@link ReplayException}, as {@link #why} takes it out.
   *
   * @param own the guard that the request came under
   * @return by which it is cancelled that another thread is going to tell; null: it is told already
   */
  @Nullable Future<?> find(AddressGuard own, Route route, Found told) {
    List<InetAddress> known;
    try {
      known = resolver.atOnce(own, route.host(), System.nanoTime());
      if (known != null) known = ownPort.without(route, known);
    } catch (ReplayException e) {
      told.are(null, e);
      return null;
    }
    if (known != null) {
      told.are(known, null);
      return null;
    }
    CompletableFuture<List<InetAddress>> lookup = lookups.find(route.host());
    var unused =
        resolver
            .orLast(route.host(), System.nanoTime(), lookup)
            .thenApply(all -> permitted(own, route, all))
            .whenComplete(told::are);
    return lookup;
  }

  private List<InetAddress> permitted(AddressGuard own, Route route, List<InetAddress> found) {
    try {
      return ownPort.without(route, resolver.permitted(own, route.host(), found));
    } catch (ReplayException e) {
      throw new CompletionException(e);
    }
  }

  /** Why there are none. */
  static ReplayException why(Route route, Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException e && e.getCause() != null) cause = e.getCause();
    return cause instanceof ReplayException e
        ? e
        : new ReplayException(
            Failure.INTERNAL, "the client could not look " + route.host() + " up: " + cause);
  }

  @Override
  public void close() {
    lookups.close();
  }
}
