package wsp.server;

import java.util.ArrayList;
import java.util.List;
import wsp.server.routes.Route;
import wsp.server.routes.Routes;
import wsp.server.routes.Webhook;

/** What {@code check} says of routes: which are open, and which no request can take. Stateless. */
final class RouteAdvice {
  private RouteAdvice() {}

  /**
   * A line for each.
   *
   * @param keys whether callers need one elsewhere
   */
  static List<String> of(Routes routes, boolean keys) {
    List<String> lines = new ArrayList<>();
    for (Route route : routes.all()) {
      Webhook webhook = route.webhook();
      if (webhook != null) lines.addAll(signed(route, webhook, keys));
      else if (!route.keys())
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

  private static List<String> signed(Route route, Webhook webhook, boolean keys) {
    List<String> lines = new ArrayList<>();
    if (!route.keys())
      lines.add(
          route
              + ": keys: open without a key to all who sign with its secret, which covers the body,"
              + " and neither path, query nor fields");
    else if (keys)
      lines.add(
          route
              + ": keys: senders of webhooks have no key of yours, and are refused: set keys :"
              + " false there, where the secret is asked for");
    if (webhook.takesAny())
      lines.add(
          route
              + ": scheme: without it, the sender chooses how to prove that it has the secret: set"
              + " github, gitlab or stripe");
    return lines;
  }
}
