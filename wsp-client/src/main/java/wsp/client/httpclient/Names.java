package wsp.client.httpclient;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import wsp.address.AddressGuard;
import wsp.address.SystemNames;
import wsp.client.net.Lookups;
import wsp.client.origin.Failure;
import wsp.client.origin.OwnPort;
import wsp.client.origin.ReplayException;
import wsp.client.origin.Resolver;
import wsp.client.origin.Route;

/** The addresses at which an origin may be connected to. Safe for all threads. */
final class Names implements AutoCloseable {
  private final Resolver resolver = new Resolver(SystemNames::all);
  private final Lookups lookups;
  private volatile OwnPort ownPort = new OwnPort(0);

  Names() {
    lookups = new Lookups("wsp-origin-names", host -> resolver.resolve(host, System.nanoTime()));
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
   * The addresses, at least one; or a {@link ReplayException}, as {@link #why} takes it out.
   *
   * @param own the guard that the request came under
   * @return completed if they are known, else by a thread of the look-ups
   */
  CompletableFuture<List<InetAddress>> find(AddressGuard own, Route route) {
    try {
      List<InetAddress> known = resolver.atOnce(own, route.host(), System.nanoTime());
      if (known != null) return CompletableFuture.completedFuture(ownPort.without(route, known));
    } catch (ReplayException e) {
      return CompletableFuture.failedFuture(e);
    }
    return resolver
        .orLast(route.host(), System.nanoTime(), lookups.find(route.host()))
        .thenApply(found -> permitted(own, route, found));
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
