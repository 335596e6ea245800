package wsp.server.routes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import wsp.destination.Destination;
import wsp.destination.InvalidDestinationException;
import wsp.text.Ascii;

/**
 * All routes, in the order of the configuration: the first one that has host and path of a request
 * has the request. A host of any route is the routes' alone. Immutable; safe for all threads.
 */
public final class Routes {
  public static final Routes NONE = new Routes(List.of());

  private final List<Route> all;

  /** Those of each host without an asterisk, by that host. */
  private final Map<String, List<Route>> byHost = new HashMap<>();

  private final List<Route> wildcards;
  private final List<Route> withoutHost;

  private Routes(List<Route> all) {
    this.all = List.copyOf(all);
    this.withoutHost = all.stream().filter(r -> r.host() == null).toList();
    this.wildcards = all.stream().filter(r -> isWildcard(r.host())).toList();
    for (Route r : all) {
      String host = r.host();
      if (host != null && !isWildcard(host)) byHost.computeIfAbsent(host, this::having);
    }
  }

  private static boolean isWildcard(@Nullable String host) {
    return host != null && host.startsWith("*");
  }

  private List<Route> having(String host) {
    return all.stream().filter(r -> r.hasHost(host)).toList();
  }

  public static Routes of(List<Route> routes) {
    return routes.isEmpty() ? NONE : new Routes(routes);
  }

  public boolean isEmpty() {
    return all.isEmpty();
  }

  public List<Route> all() {
    return all;
  }

  /**
   * The routes that have a host; empty for a host that is none of theirs.
   *
   * @param authority a host in any case, perhaps with a trailing dot and a port
   */
  public List<Route> ofHost(String authority) {
    if (withoutHost.size() == all.size()) return List.of();
    String host = hostOf(authority);
    List<Route> exact = byHost.get(host);
    if (exact != null) return exact;
    List<Route> found = List.of();
    for (Route r : wildcards) {
      if (!r.hasHost(host)) continue;
      if (found.isEmpty()) found = new ArrayList<>();
      found.add(r);
    }
    return found;
  }

  private static String hostOf(String authority) {
    if (authority.startsWith("[")) return address(authority);
    int end = authority.indexOf(':');
    if (end < 0) end = authority.length();
    if (end > 0 && authority.charAt(end - 1) == '.') end--;
    return Ascii.lower(authority.substring(0, end));
  }

  /** The one spelling of an address of IPv6; empty for what is none. */
  private static String address(String authority) {
    try {
      return Destination.parse("http://" + authority).host();
    } catch (InvalidDestinationException e) {
      return "";
    }
  }

  /** The routes for hosts that no route names. */
  public List<Route> withoutHost() {
    return withoutHost;
  }

  /** The first of these that has a path, as sent; null for none. */
  public static @Nullable Route first(List<Route> some, String path) {
    for (Route r : some) if (r.hasPath(path)) return r;
    return null;
  }

  /** The route that takes all requests before this one could; null if none does. */
  public @Nullable Route before(Route later) {
    String host = later.host();
    List<Route> rivals =
        host == null ? withoutHost : having(isWildcard(host) ? "any" + host.substring(1) : host);
    for (Route first : rivals) {
      if (first.equals(later)) return null;
      boolean all = host == null || !isWildcard(host) || isWildcard(first.host());
      if (all && first.hasPath(later.path())) return first;
    }
    return null;
  }

  /**
   * What a request is for that has come on one of these routes.
   *
   * @param some among which the route was the first with that path
   * @throws InvalidDestinationException if an origin may read its path as one outside of the
   *     destination, or as one that another of these routes would have
   */
  public static Destination destination(List<Route> some, Route route, String path, String query)
      throws InvalidDestinationException {
    Destination to = route.destinationOf(path + query);
    if (to.hasOneReading()) return to;
    Destination asked = Destination.parse("http://any" + path);
    for (String form : asked.judgedForms())
      if (!route.equals(first(some, form.substring(asked.origin().length()))))
        throw Route.leavesItsRoute();
    return to;
  }
}
