package wsp.server.forward;

import wsp.envelope.Headers;
import wsp.http1.RequestHead;
import wsp.server.failure.ProxyError;

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
    FORWARD
  }

  /** None that is open. */
  record Closed(ProxyError error, String detail) implements Way {}

  /**
   * That of this request. A URL on the request line is for a forward proxy, whatever its path, as
   * every API may have a {@code /status}; only with {@link #DESTINATION} it is {@code /request}
   * itself. Where this is no forward proxy, a URL is as good as its path (RFC 9112 §3.2.2).
   */
  static Way of(RequestHead head, Entrances open) {
    return switch (head.form()) {
      case ORIGIN -> ofPath(head.path(), ProxyError.UNKNOWN_PATH);
      case ASTERISK -> Own.SERVER;
      case ABSOLUTE -> ofUrl(head, open);
    };
  }

  private static Way ofUrl(RequestHead head, Entrances open) {
    Headers fields = head.headers();
    if (fields.has(DESTINATION))
      return head.path().equals("/request")
          ? Own.REQUEST
          : new Closed(
              ProxyError.UNKNOWN_PATH,
              "with " + DESTINATION + ", the path of a request in absolute form is /request");
    if (open.forwardProxy()) return Own.FORWARD;
    return ofPath(head.path(), ProxyError.FORWARD_OFF);
  }

  private static Way ofPath(String path, ProxyError otherwise) {
    return switch (path) {
      case "/request" -> Own.REQUEST;
      case "/status" -> Own.STATUS;
      case "/register" -> Own.REGISTER;
      default -> new Closed(otherwise, "");
    };
  }
}
