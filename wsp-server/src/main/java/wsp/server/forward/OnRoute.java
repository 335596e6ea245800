package wsp.server.forward;

import java.util.function.UnaryOperator;
import wsp.destination.Destination;
import wsp.destination.InvalidDestinationException;
import wsp.envelope.Headers;
import wsp.http1.RequestHead;
import wsp.server.failure.ProxyError;
import wsp.server.keys.CallerKeys;
import wsp.server.routes.Redirect;
import wsp.server.routes.Route;
import wsp.server.routes.Routes;

/**
 * Where a request on a route is to go: the route alone says so, and by which client; fields of the
 * caller have no say in it. Stateless.
 */
final class OnRoute {
  /** Readings of a longer path may take more than a millisecond. */
  private static final int LONG = 1024;

  /** That is what so many steps take. */
  private static final long COSTLY = 100_000;

  private OnRoute() {}

  /** True if parsing takes too long for an I/O thread: whether a path leaves its route. */
  static boolean isCostly(Arrival arrival) {
    if (!(arrival.way() instanceof Way.Routed way)) return false;
    String path = arrival.caller().head().path();
    return path.length() > LONG && way.route().cost(path) > COSTLY;
  }

  static Parsing.Outcome parse(Arrival arrival, CallerKeys.Identity who, Way.Routed way) {
    RequestHead head = arrival.caller().head();
    Route route = way.route();
    arrival.noted().unusable(head.target());
    if (!route.hasMethod(head.method()))
      return Refused.because(ProxyError.ROUTE_METHOD)
          .with("Allow", String.join(", ", route.methods()));
    try {
      Destination destination = Routes.destination(way.some(), route, head.path(), head.query());
      arrival.noted().destination(destination.withoutQuery());
      // What comes behind a 101 is in no signature.
      boolean signed = route.webhook() != null;
      String upgrade = signed ? null : Upgrades.of(head, arrival.terms().entrances());
      Headers judged = arrival.judged(head.headers(), upgrade);
      return new ProxyRequest(arrival, judged, who, destination, route.client());
    } catch (InvalidDestinationException e) {
      return Refused.because(ProxyError.INVALID_TARGET, String.valueOf(e.getMessage()));
    }
  }

  /** The fields of an answer: what leads into the destination leads back to the route. */
  static Headers answer(Way.Routed way, String asked, Destination requested, Headers fields) {
    Redirect redirect = new Redirect(way.route(), asked, requested);
    Headers led = mapped(fields, "Location", redirect::mapped);
    led = mapped(led, "Content-Location", redirect::mapped);
    return mapped(led, "Refresh", redirect::mappedRefresh);
  }

  private static Headers mapped(Headers fields, String name, UnaryOperator<String> to) {
    String value = fields.first(name);
    if (value == null || fields.all(name).size() > 1) return fields;
    return fields.with(name, to.apply(value));
  }
}
