package wsp.server.forward;

import java.util.List;
import wsp.destination.Destination;
import wsp.destination.InvalidDestinationException;
import wsp.http1.RequestHead;
import wsp.observe.Kind;
import wsp.server.failure.ProxyError;
import wsp.server.routes.Route;
import wsp.server.routes.Routes;

/** What the target of a request is to this server, and so how it says where it is to go. */
sealed interface Way {
  /** The field that names a destination. */
  String DESTINATION = "X-PROXY-DESTINATION";

  /** Those of the server itself. */
  enum Own implements Way {
    /** {@code /request}: to the URL in {@link #DESTINATION}. */
    REQUEST,
    /** {@code /status}. */
    STATUS,
    /** {@code /register}. */
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

  /** What its exchanges are. */
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

  /** None that is open. */
  record Closed(ProxyError error, String detail) implements Way {}

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
      case ASTERISK -> Own.SERVER;
      case AUTHORITY -> Own.TUNNEL;
      case ABSOLUTE -> ofUrl(head, open);
    };
  }

  private static Way ofHost(RequestHead head, Routes routes) {
    String host = head.headers().first("Host");
    List<Route> own = host == null ? List.of() : routes.ofHost(host);
    return own.isEmpty() ? ofPathOrRoute(head, routes, ProxyError.UNKNOWN_PATH) : among(own, head);
  }

  private static Way ofUrl(RequestHead head, Entrances open) {
    List<Route> own = ofUrlHost(head, open.routes());
    if (!own.isEmpty()) return among(own, head);
    if (head.headers().has(DESTINATION))
      return head.path().equals("/request")
          ? Own.REQUEST
          : new Closed(
              ProxyError.UNKNOWN_PATH,
              "with " + DESTINATION + ", the path of a request in absolute form is /request");
    if (open.forwardProxy()) return Own.FORWARD;
    return ofPathOrRoute(head, open.routes(), ProxyError.FORWARD_OFF);
  }

  /** By the host of the URL, which counts more than the field (RFC 9112 §3.2.2). */
  private static List<Route> ofUrlHost(RequestHead head, Routes routes) {
    if (routes.isEmpty()) return List.of();
    try {
      Destination url = Destination.parse(head.target());
      return url.secure() ? List.of() : routes.ofHost(url.authority());
    } catch (InvalidDestinationException e) {
      return List.of();
    }
  }

  private static Way among(List<Route> own, RequestHead head) {
    Route route = Routes.first(own, head.path());
    return route == null ? new Closed(ProxyError.NO_ROUTE, "") : new Routed(own, route);
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
