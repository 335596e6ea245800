package wsp.client.httpclient;

import java.net.http.HttpClient;
import org.jspecify.annotations.Nullable;
import wsp.address.AddressGuard;
import wsp.client.origin.OriginStream;
import wsp.client.origin.Origins;
import wsp.client.origin.ResponseSink;
import wsp.client.origin.Route;
import wsp.destination.Destination;
import wsp.envelope.RequestEnvelope;

/**
 * The HttpClients for requests that came under one address guard, one for each kind of origin. A
 * passage that is kept leads to an address that was checked for the request that opened it: so no
 * request of another guard may find it. Safe for all threads.
 */
final class Clients implements Origins {
  /**
   * @param trust how often the certificates had changed when it was built
   */
  private record Built(HttpClient client, int trust) {}

  private final HttpClientEngine engine;
  private final AddressGuard guard;
  private volatile @Nullable Built secure;
  private volatile @Nullable Built plain;

  Clients(HttpClientEngine engine, AddressGuard guard) {
    this.engine = engine;
    this.guard = guard;
  }

  /** Which addresses may be connected to. */
  AddressGuard guard() {
    return guard;
  }

  @Override
  public OriginStream prepare(RequestEnvelope request, Destination destination, ResponseSink sink) {
    return new HttpStream(engine, this, request, destination, sink);
  }

  /** The HttpClient of the moment: with these certificates. */
  HttpClient client(Route route) {
    Built now = route.secure() ? secure : plain;
    return now == null || now.trust != engine.trust() ? build(route.secure()) : now.client;
  }

  private synchronized HttpClient build(boolean isSecure) {
    // First: certificates that change meanwhile may be in it or not, and then one more is built.
    int trust = engine.trust();
    Built now = isSecure ? secure : plain;
    if (now != null && now.trust == trust) return now.client;
    Built next = new Built(engine.build(isSecure), trust);
    if (isSecure) secure = next;
    else plain = next;
    return next.client;
  }
}
