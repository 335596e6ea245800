package wsp.server.forward;

import java.util.List;
import wsp.destination.Destination;
import wsp.destination.InvalidDestinationException;
import wsp.envelope.FieldNames;
import wsp.envelope.Greeting;
import wsp.envelope.Headers;
import wsp.server.failure.ProxyError;
import wsp.server.keys.CallerKeys;

/** The second step: where a request is to go, and by which client. Stateless. */
final class Parsing {
  /** How it ends. */
  sealed interface Outcome permits ProxyRequest, Refused {}

  private static final String CLIENT = "X-PROXY-CLIENT";
  private static final FieldNames CLIENT_FIELD = FieldNames.of(CLIENT);

  private Parsing() {}

  static Outcome parse(Arrival arrival, CallerKeys.Identity who) {
    if (arrival.way() instanceof Way.Routed routed) return OnRoute.parse(arrival, who, routed);
    Headers fields = arrival.caller().head().headers();
    boolean forward = arrival.way() == Way.Own.FORWARD;
    List<String> destinations = fields.all(Way.DESTINATION);
    if (destinations.size() > 1) return Refused.because(ProxyError.REPEATED_DESTINATION);
    if (!forward && (destinations.isEmpty() || destinations.get(0).isEmpty()))
      return Refused.because(ProxyError.MISSING_DESTINATION);
    List<String> clients = fields.all(CLIENT);
    if (clients.size() > 1) return Refused.because(ProxyError.REPEATED_CLIENT);
    String client = clients.isEmpty() ? null : clients.get(0);
    if (client != null && !Greeting.isId(client)) return Refused.because(ProxyError.INVALID_CLIENT);
    String url = forward ? arrival.caller().head().target() : destinations.get(0);
    try {
      Destination destination = forward ? onRequestLine(url) : Destination.parse(url);
      arrival.noted().destination(destination.withoutQuery());
      // The URL stands in place of what the caller wrote into Host (RFC 9112 §3.2.2).
      Headers named = forward ? fields.with("Host", destination.authority()) : fields;
      // Rules judge what is requested, not who is to do it.
      Headers passed =
          arrival
              .terms()
              .forwarding()
              .passedOn(named.without(CLIENT_FIELD), arrival.caller().remote());
      // Rules for that field hold on whichever way a request comes.
      Headers judged = forward ? passed.with(Way.DESTINATION, destination.url()) : passed;
      return new ProxyRequest(arrival, judged, who, destination, client);
    } catch (InvalidDestinationException e) {
      arrival.noted().unusable(url);
      ProxyError error = forward ? ProxyError.INVALID_TARGET : ProxyError.INVALID_DESTINATION;
      return Refused.because(error, String.valueOf(e.getMessage()));
    }
  }

  /** The URL that a program has sent to its proxy. */
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
