package wsp.server.listener;

import java.util.function.IntSupplier;
import wsp.envelope.Headers;
import wsp.http1.RequestHead;

/**
 * Hands each request of the port to whom it is for: those who want to register get a WebSocket, or
 * are told why not; all others go to the listener. On the selector thread of their connections.
 */
final class Reception implements CallerRequests {
  private final TyrusEngine engine = new TyrusEngine();
  private final RequestListener listener;
  private final PlaceKeeper places;
  private final IntSupplier connections;
  private volatile boolean lastRequests;

  Reception(RequestListener listener, PlaceKeeper places, IntSupplier connections) {
    this.listener = listener;
    this.places = places;
    this.connections = connections;
  }

  void lastRequests() {
    lastRequests = true;
  }

  @Override
  public void begun(CallerConnection connection, CallerExchange exchange) {
    if (lastRequests) exchange.lastOfConnection();
    if (listener.isRegistration(exchange.head())) {
      register(connection, exchange);
    } else if (connection.watch.place.inReserve()) {
      exchange.lastOfConnection();
      listener.onOverload(exchange);
    } else {
      listener.onRequest(exchange);
    }
  }

  @Override
  public void unread(CallerConnection connection, RequestListener.Refusal why) {
    listener.onUnread(connection.wire.tcp.remote, why);
  }

  private void register(CallerConnection connection, CallerExchange exchange) {
    RequestHead head = exchange.head();
    RequestListener.Judgement judgement =
        listener.onRegister(head, exchange.remote(), connection.wire.peerVerified());
    if (judgement instanceof RequestListener.Refusal refusal) {
      exchange.lastOfConnection();
      exchange.respond(refusal.status(), refusal.headers(), refusal.text() + "\n");
    } else if (!head.method().equals("GET") || head.hasBody()) {
      exchange.respond(405, Headers.of("Allow", "GET"), "a WebSocket handshake is a GET\n");
    } else if (!places.hasLink(connections.getAsInt(), exchange.remote())) {
      exchange.lastOfConnection();
      exchange.respond(503, Headers.of("Retry-After", "1"), "there is no room for more clients\n");
    } else if (judgement instanceof RequestListener.Welcome welcome
        && engine.upgrade(connection, exchange, welcome)) {
      places.leave(connection.watch);
    }
  }
}
