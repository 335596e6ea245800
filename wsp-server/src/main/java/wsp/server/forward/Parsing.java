package wsp.server.forward;

import java.util.List;
import org.jspecify.annotations.Nullable;
import wsp.destination.Destination;
import wsp.destination.InvalidDestinationException;
import wsp.destination.WebSocketUrl;
import wsp.envelope.Greeting;
import wsp.envelope.Headers;
import wsp.http1.RequestHead;
import wsp.server.failure.ProxyError;
import wsp.server.keys.CallerKeys;

/** The second step: where a request is to go, and by which client. Stateless. */
final class Parsing {
  /** How it ends, and so does {@link Judging}. */
  sealed interface Outcome permits ProxyRequest, Refused {}

  private static final String CLIENT = "X-PROXY-CLIENT";

  private Parsing() {}

  static Outcome parse(Arrival arrival, CallerKeys.Identity who) {
    if (arrival.way() instanceof Way.Routed routed) return OnRoute.parse(arrival, who, routed);
    Headers fields = arrival.caller().head().headers();
    List<String> destinations = fields.all(Way.DESTINATION);
    if (destinations.size() > 1) return Refused.because(ProxyError.REPEATED_DESTINATION);
    if (!arrival.way().isProxy() && (destinations.isEmpty() || destinations.get(0).isEmpty()))
      return Refused.because(ProxyError.MISSING_DESTINATION);
    List<String> clients = fields.all(CLIENT);
    if (clients.size() > 1) return Refused.because(ProxyError.REPEATED_CLIENT);
    String client = clients.isEmpty() ? null : clients.get(0);
    if (client != null && !Greeting.isId(client)) return Refused.because(ProxyError.INVALID_CLIENT);
    if (arrival.way().isProxy()) return asProxy(arrival, who, client);
    return toField(arrival, who, destinations.get(0), client);
  }

  private static Outcome toField(
      Arrival arrival, CallerKeys.Identity who, String url, @Nullable String client) {
    RequestHead head = arrival.caller().head();
    String upgrade = Upgrades.of(head, arrival.terms().entrances());
    try {
      Destination destination = Destination.parse(WebSocketUrl.asHttp(url));
      arrival.noted().destination(destination.withoutQuery());
      if (upgrade == null && WebSocketUrl.is(url))
        return Refused.because(ProxyError.INVALID_DESTINATION, Upgrades.MISSING);
      Headers judged = arrival.judged(head.headers(), upgrade);
      return new ProxyRequest(arrival, judged, who, destination, client);
    } catch (InvalidDestinationException e) {
      arrival.noted().unusable(url);
      return Refused.because(ProxyError.INVALID_DESTINATION, String.valueOf(e.getMessage()));
    }
  }

  private static Outcome asProxy(
      Arrival arrival, CallerKeys.Identity who, @Nullable String client) {
    RequestHead head = arrival.caller().head();
    Entrances open = arrival.terms().entrances();
    boolean tunnel = arrival.way() == Way.Own.TUNNEL;
    arrival.noted().unusable(head.target());
    try {
      Destination destination =
          tunnel ? Destination.ofTunnel("tcp://" + head.target()) : onRequestLine(head.target());
      arrival.noted().destination(destination.withoutQuery());
      if (tunnel && !open.tunnelPorts().has(destination.port()))
        return Refused.because(
            ProxyError.TUNNEL_PORT, open.tunnelPorts().denial(destination.port(), "wsp-server"));
      // The URL stands in place of what the caller wrote into Host (RFC 9112 §3.2.2).
      Headers named = head.headers().with("Host", destination.authority());
      Headers judged = arrival.judged(named, Upgrades.of(head, open));
      return new ProxyRequest(arrival, judged, who, destination, client);
    } catch (InvalidDestinationException e) {
      return Refused.because(ProxyError.INVALID_TARGET, String.valueOf(e.getMessage()));
    }
  }

  private static Destination onRequestLine(String url) throws InvalidDestinationException {
    if (url.indexOf('#') >= 0)
      throw new InvalidDestinationException("a fragment does not stand on a request line");
    Destination destination = Destination.parse(url);
    if (destination.secure())
      throw new InvalidDestinationException(
          "an https: URL is not for a request line, where it would be in plain text: ask a proxy "
              + "for it by CONNECT, or this server by "
              + Way.DESTINATION);
    return destination;
  }
}
