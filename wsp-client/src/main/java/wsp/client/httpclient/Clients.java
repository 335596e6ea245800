package wsp.client.httpclient;

import java.lang.reflect.Method;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
 * request of another guard may find it. Each has a thread and descriptors of its own, so one that
 * gets no more requests is shut down, where Java has that. Safe for all threads.
 */
final class Clients implements Origins {
  private static final Logger LOG = LoggerFactory.getLogger(Clients.class);

  /** Since Java 21; before, HttpClients end when a collection of garbage has found them. */
  private static final @Nullable Method SHUTDOWN = shutdownOfJava();

  /** One of them, guarded by the lock of its owner. */
  private static final class Built {
    final HttpClient client;

    /** How often the certificates had changed when it was built. */
    final int trust;

    /** Requests that it is being given: it takes none behind its shutdown. */
    int beingSent;

    boolean left;

    Built(HttpClient client, int trust) {
      this.client = client;
      this.trust = trust;
    }

    void endIfLeft() {
      if (left && beingSent == 0) shutDown(client);
    }
  }

  private final HttpClientEngine engine;
  private final AddressGuard guard;
  private @Nullable Built secure;
  private @Nullable Built plain;

  Clients(HttpClientEngine engine, AddressGuard guard) {
    this.engine = engine;
    this.guard = guard;
  }

  AddressGuard guard() {
    return guard;
  }

  @Override
  public OriginStream prepare(RequestEnvelope request, Destination destination, ResponseSink sink) {
    return new HttpStream(engine, this, request, destination, sink);
  }

  /** Has the HttpClient of the moment, with its certificates, send a request. */
  CompletableFuture<HttpResponse<Void>> send(
      Route route, HttpRequest request, BodyHandler<Void> handler) {
    Built by = take(route.secure());
    try {
      return by.client.sendAsync(request, handler);
    } finally {
      giveBack(by);
    }
  }

  private synchronized Built take(boolean isSecure) {
    // First: certificates that change meanwhile may be in it or not, and then one more is built.
    int trust = engine.trust();
    Built now = isSecure ? secure : plain;
    if (now == null || now.trust != trust) {
      Built next = new Built(engine.build(isSecure), trust);
      leave(now);
      now = next;
      if (isSecure) secure = next;
      else plain = next;
      engine.built(this);
    }
    now.beingSent++;
    return now;
  }

  private synchronized void giveBack(Built by) {
    by.beingSent--;
    by.endIfLeft();
  }

  private void leave(@Nullable Built last) {
    if (last == null) return;
    last.left = true;
    last.endIfLeft();
  }

  /** Lets the HttpClients go; what they have been given, they finish. There are new ones later. */
  synchronized void leaveAll() {
    leave(secure);
    leave(plain);
    secure = null;
    plain = null;
  }

  private static @Nullable Method shutdownOfJava() {
    try {
      return HttpClient.class.getMethod("shutdown");
    } catch (NoSuchMethodException e) {
      return null;
    }
  }

  private static void shutDown(HttpClient client) {
    if (SHUTDOWN == null) return;
    try {
      SHUTDOWN.invoke(client);
    } catch (ReflectiveOperationException e) {
      LOG.warn("an HttpClient was not shut down, and ends when it is found unused", e);
    }
  }
}
