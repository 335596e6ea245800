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

  private static final String DESTINATION = "X-PROXY-DESTINATION";
  private static final String CLIENT = "X-PROXY-CLIENT";
  private static final FieldNames CLIENT_FIELD = FieldNames.of(CLIENT);

  private Parsing() {}

  static Outcome parse(Arrival arrival, CallerKeys.Identity who) {
    Headers fields = arrival.caller().head().headers();
    List<String> destinations = fields.all(DESTINATION);
    if (destinations.size() > 1) return Refused.because(ProxyError.REPEATED_DESTINATION);
    if (destinations.isEmpty() || destinations.get(0).isEmpty())
      return Refused.because(ProxyError.MISSING_DESTINATION);
    List<String> clients = fields.all(CLIENT);
    if (clients.size() > 1) return Refused.because(ProxyError.REPEATED_CLIENT);
    String client = clients.isEmpty() ? null : clients.get(0);
    if (client != null && !Greeting.isId(client)) return Refused.because(ProxyError.INVALID_CLIENT);
    try {
      Destination destination = Destination.parse(destinations.get(0));
      arrival.noted().destination(destination.withoutQuery());
      // Rules judge what is requested, not who is to do it.
      Headers passed =
          arrival
              .terms()
              .forwarding()
              .passedOn(fields.without(CLIENT_FIELD), arrival.caller().remote());
      return new ProxyRequest(arrival, passed, who, destination, client);
    } catch (InvalidDestinationException e) {
      arrival.noted().unusable(destinations.get(0));
      return Refused.because(ProxyError.INVALID_DESTINATION, String.valueOf(e.getMessage()));
    }
  }
}
