package wsp.server;

import java.util.List;
import org.jspecify.annotations.Nullable;
import wsp.destination.InvalidDestinationException;
import wsp.explain.Explanation;
import wsp.explain.Question;
import wsp.server.forward.Terms;
import wsp.server.keys.CallerKeys;
import wsp.server.routes.Route;
import wsp.server.routes.RouteList;
import wsp.server.routes.Routes;

/** What would happen to a request for a path of the server. Stateless. */
final class RouteExplanation {
  private RouteExplanation() {}

  /**
   * Explains it.
   *
   * @param question about a path
   * @param who the caller; null for one that is not known
   */
  static Explanation of(Question question, Terms terms, CallerKeys.@Nullable Identity who) {
    String target = question.url();
    Routes routes = terms.entrances().routes();
    List<Route> own = routes.ofHost(question.host());
    List<Route> some = own.isEmpty() ? routes.withoutHost() : own;
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    Route route = Routes.first(some, path);
    if (own.isEmpty() && RouteList.OWN.contains(path))
      return new Explanation(question, "a path of the server itself, whatever the routes are");
    if (route == null)
      return new Explanation(
          question,
          own.isEmpty() ? "no route has that path" : "no route of that host has that path");
    try {
      String query = mark < 0 ? "" : target.substring(mark);
      String url = Routes.destination(some, route, path, query).url();
      return judged(question.about(url), terms, route, who);
    } catch (InvalidDestinationException e) {
      Explanation refused = new Explanation(question, String.valueOf(e.getMessage()));
      refused.row("route", route.toString());
      return refused;
    }
  }

  private static Explanation judged(
      Question question, Terms terms, Route route, CallerKeys.@Nullable Identity who) {
    Explanation explanation = new Explanation(question);
    explanation.row("route", route.toString());
    if (route.client() != null) explanation.row("client", route.client());
    if (!route.hasMethod(question.method()))
      explanation.deny("the route takes " + String.join(", ", route.methods()));
    if (!route.keys()) explanation.row("keys", "none is asked for, and no caller's rules judge");
    if (route.webhook() != null)
      explanation.row("secret", route.webhook() + ": the signature of the body is judged, too");
    String upgrade = route.webhook() == null ? terms.upgrade(question.headers()) : null;
    CallerKeys.Identity judged = route.keys() ? who : CallerKeys.ANYBODY;
    ServerInspection.judge(explanation, question.headers(), upgrade, terms, judged);
    return explanation;
  }
}
