package wsp.server;

import java.util.ArrayList;
import java.util.List;
import wsp.server.routes.Route;
import wsp.server.routes.Routes;

/** What {@code check} says of routes: which are open, and which no request can take. Stateless. */
final class RouteAdvice {
  private RouteAdvice() {}

  static List<String> of(Routes routes) {
    List<String> lines = new ArrayList<>();
    for (Route route : routes.all()) {
      if (!route.keys())
        lines.add(
            route
                + ": keys: ANYBODY WHO REACHES THE PORT MAY SEND REQUESTS TO "
                + route.destination()
                + " AND WHAT IS BELOW IT, without a key");
      Route first = routes.before(route);
      if (first != null)
        lines.add(route + ": no request takes it: all go to " + first + ", which comes first");
    }
    return lines;
  }
}
