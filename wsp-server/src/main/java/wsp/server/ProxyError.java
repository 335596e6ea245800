package wsp.server;

import wsp.envelope.Headers;

/**
 * Every way in which this server fails a request, by phase and guilty side: what the caller is told
 * before the first byte of a response. After it, each of them is an abort. The texts are the
 * original's where it has one.
 */
enum ProxyError {
  MISSING_DESTINATION(
      Phase.REQUEST, Side.CALLER, 526, "http_request_error", "Missing X-PROXY-DESTINATION header"),
  REPEATED_DESTINATION(
      Phase.REQUEST, Side.CALLER, 526, "http_request_error", "Repeated X-PROXY-DESTINATION header"),
  INVALID_DESTINATION(
      Phase.REQUEST,
      Side.CALLER,
      526,
      "http_request_error",
      "Unable to parse X-PROXY-DESTINATION header"),
  REPEATED_CLIENT(
      Phase.REQUEST, Side.CALLER, 526, "http_request_error", "Repeated X-PROXY-CLIENT header"),
  INVALID_CLIENT(
      Phase.REQUEST,
      Side.CALLER,
      526,
      "http_request_error",
      "Unable to parse X-PROXY-CLIENT header"),
  UNAUTHORIZED(
      Phase.REQUEST, Side.CALLER, 407, "http_request_denied", "Proxy authentication required"),
  FORBIDDEN(Phase.REQUEST, Side.CALLER, 526, "http_request_denied", "Destination is forbidden"),
  NOT_ALLOWED(Phase.REQUEST, Side.CALLER, 526, "http_request_denied", "Destination is not allowed"),
  DRAINING(
      Phase.REQUEST, Side.SERVER, 503, "destination_unavailable", "The server is shutting down"),
  TOO_MANY_CALLERS(
      Phase.REQUEST,
      Side.SERVER,
      503,
      "connection_limit_reached",
      "Too many callers are connected"),
  TOO_MANY_WAITING(
      Phase.LEASE,
      Side.SERVER,
      526,
      "connection_limit_reached",
      "Too many requests wait for a proxy connection"),
  NO_CLIENT(Phase.LEASE, Side.CLIENT, 526, "destination_unavailable", "No proxy available"),
  NO_CONNECTION(
      Phase.LEASE,
      Side.CLIENT,
      526,
      "connection_limit_reached",
      "Unable to get a proxy connection"),
  CONNECTION_LOST(
      Phase.ANSWER,
      Side.CLIENT,
      526,
      "connection_terminated",
      "The proxy connection was lost before the answer"),
  INVALID_ANSWER(
      Phase.ANSWER,
      Side.CLIENT,
      526,
      "http_protocol_error",
      "The proxy connection gave an invalid answer"),
  /** Nobody is there any more to be told. */
  CALLER_LEFT(Phase.ANSWER, Side.CALLER, 0, "", "The caller left");

  /** When it happens. */
  enum Phase {
    REQUEST,
    LEASE,
    ANSWER
  }

  /** Whose fault it is. */
  enum Side {
    CALLER,
    SERVER,
    CLIENT
  }

  private final Phase phase;
  private final Side side;
  private final int status;
  private final String type;
  private final String text;

  ProxyError(Phase phase, Side side, int status, String type, String text) {
    this.phase = phase;
    this.side = side;
    this.status = status;
    this.type = type;
    this.text = text;
  }

  Phase phase() {
    return phase;
  }

  Side side() {
    return side;
  }

  /** What the caller is told; 0 where there is no caller. */
  int status() {
    return status;
  }

  String text() {
    return text;
  }

  /** The error for machines (RFC 9209 §2.3), and when or how to come again. */
  Headers headers() {
    String proxyStatus = "wsp-server; error=" + type;
    return switch (status) {
      case 407 ->
          Headers.of("Proxy-Status", proxyStatus, "Proxy-Authenticate", CallerKeys.CHALLENGE);
      case 503 -> Headers.of("Proxy-Status", proxyStatus, "Retry-After", "1");
      default -> Headers.of("Proxy-Status", proxyStatus);
    };
  }
}
