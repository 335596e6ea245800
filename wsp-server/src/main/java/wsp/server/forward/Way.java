package wsp.server.forward;

import java.util.List;
import org.jspecify.annotations.Nullable;
import wsp.destination.Destination;
import wsp.destination.InvalidDestinationException;
import wsp.http1.RequestHead;
import wsp.observe.Kind;
import wsp.server.failure.ProxyError;
import wsp.server.routes.Route;
import wsp.server.routes.Routes;

/** What the target of a request is to this server, and so how it says where it is to go. */
sealed interface Way {
  String DESTINATION = "X-PROXY-DESTINATION";

  enum Own implements Way {
    /** {@code /request}: to the URL in {@link #DESTINATION}. */
    REQUEST,
    STATUS,
    REGISTER,
    /** {@code OPTIONS *}: a question about the server itself. */
    SERVER,
    /** A URL in the place of a path, as programs send it to their proxy. */
    FORWARD,
    /** CONNECT, with a host and a port in the place of a URL. */
    TUNNEL
  }

  /** True for programs that take this server for their proxy. */
  default boolean isProxy() {
    return this == Own.FORWARD || this == Own.TUNNEL;
  }

  default Kind kind() {
    if (this instanceof Routed) return Kind.ROUTE;
    if (this == Own.TUNNEL) return Kind.CONNECT;
    return this == Own.FORWARD ? Kind.FORWARD : Kind.PLAIN;
  }

  /**
   * One of the routes.
   *
   * @param some the routes that the request could have taken; the first one with its path has it
   */
  record Routed(List<Route> some, Route route) implements Way {}

  record Closed(ProxyError error, String detail) implements Way {
    /** On a host that has routes: none of them. */
    static final Closed NO_ROUTE = new Closed(ProxyError.NO_ROUTE, "");
  }

  /**
   * That of this request. A URL on the request line is for a forward proxy, whatever its path, as
   * every API may have a {@code /status}; only with {@link #DESTINATION} it is {@code /request}
   * itself. A host that has routes is theirs alone. Where this is no forward proxy, a URL is as
   * good as its path (RFC 9112 §3.2.2).
   */
  static Way of(RequestHead head, Entrances open) {
    Routes routes = open.routes();
    return switch (head.form()) {
      case ORIGIN ->
          routes.isEmpty() ? ofPath(head, ProxyError.UNKNOWN_PATH) : ofHost(head, routes);
      case ASTERISK -> isRoutes(head, routes) ? Closed.NO_ROUTE : Own.SERVER;
      case AUTHORITY -> isRoutes(head, routes) ? Closed.NO_ROUTE : Own.TUNNEL;
      case ABSOLUTE -> ofUrl(head, open);
    };
  }

  /** True if the host that is asked has routes: nothing else is there, in whichever form. */
  private static boolean isRoutes(RequestHead head, Routes routes) {
    String host = head.headers().first("Host");
    return host != null && !routes.ofHost(host).isEmpty();
  }

  private static Way ofHost(RequestHead head, Routes routes) {
    String host = head.headers().first("Host");
    List<Route> own = host == null ? List.of() : routes.ofHost(host);
    return own.isEmpty() ? ofPathOrRoute(head, routes, ProxyError.UNKNOWN_PATH) : among(own, head);
  }

  private static Way ofUrl(RequestHead head, Entrances open) {
    Routes routes = open.routes();
    boolean isRequest = head.headers().has(DESTINATION);
    if (!routes.isEmpty() || isRequest) {
      Way own = ofUrlHost(head, routes);
      if (own != null) return own;
    }
    if (isRequest)
      return head.path().equals("/request")
          ? Own.REQUEST
          : new Closed(
              ProxyError.UNKNOWN_PATH,
              "with " + DESTINATION + ", the path of a request in absolute form is /request");
    if (open.forwardProxy()) return Own.FORWARD;
    return ofPathOrRoute(head, routes, ProxyError.FORWARD_OFF);
  }

  /**
   * By the host of the URL, which counts more than the field (RFC 9112 §3.2.2), whatever its
   * scheme. What stands before this server may have let the request through for the host of the
   * field: one that has routes is not left by a URL of another.
   *
   * @return null if no host of either has routes
   */
  private static @Nullable Way ofUrlHost(RequestHead head, Routes routes) {
    try {
      List<Route> own = routes.ofHost(Destination.parse(head.target()).authority());
      if (!own.isEmpty()) return among(own, head);
    } catch (InvalidDestinationException e) {
      return new Closed(ProxyError.INVALID_TARGET, String.valueOf(e.getMessage()));
    }
    return isRoutes(head, routes)
        ? new Closed(
            ProxyError.INVALID_TARGET, "the URL has another host than the Host field, a route's")
        : null;
  }

  private static Way among(List<Route> own, RequestHead head) {
    Route route = Routes.first(own, head.path());
    return route == null ? Closed.NO_ROUTE : new Routed(own, route);
  }

  private static Way ofPathOrRoute(RequestHead head, Routes routes, ProxyError otherwise) {
    Way way = ofPath(head, otherwise);
    if (!(way instanceof Closed)) return way;
    Route route = Routes.first(routes.withoutHost(), head.path());
    return route == null ? way : new Routed(routes.withoutHost(), route);
  }

  private static Way ofPath(RequestHead head, ProxyError otherwise) {
    return switch (head.path()) {
      case "/request" -> Own.REQUEST;
      case "/status" -> Own.STATUS;
      case "/register" -> Own.REGISTER;
      default -> new Closed(otherwise, "");
    };
  }
}
