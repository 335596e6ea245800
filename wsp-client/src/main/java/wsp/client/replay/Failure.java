package wsp.client.replay;

import org.jspecify.annotations.Nullable;

/**
 * Every way in which an exchange can fail on the client: in which phase, whose fault it is, and
 * what the caller is told (README, The wire; RFC 9209 §2.3). A failure before the response envelope
 * is answered with a 527; one after it, or one that is the server's own, costs the WebSocket.
 */
public enum Failure {
  INVALID_DESTINATION(Phase.JUDGE, Side.CALLER, "http_request_error"),
  FORBIDDEN(Phase.JUDGE, Side.CALLER, "http_request_denied"),
  NOT_ALLOWED(Phase.JUDGE, Side.CALLER, "http_request_denied"),
  UNKNOWN_HOST(Phase.CONNECT, Side.ORIGIN, "dns_error"),
  PROHIBITED_ADDRESS(Phase.CONNECT, Side.CALLER, "destination_ip_prohibited"),
  REFUSED(Phase.CONNECT, Side.ORIGIN, "connection_refused"),
  UNREACHABLE(Phase.CONNECT, Side.ORIGIN, "destination_ip_unroutable"),
  CONNECT_TIMEOUT(Phase.CONNECT, Side.ORIGIN, "connection_timeout"),
  TLS(Phase.CONNECT, Side.ORIGIN, "tls_protocol_error"),
  CERTIFICATE(Phase.CONNECT, Side.ORIGIN, "tls_certificate_error"),
  CLOSED_EARLY(Phase.HEAD, Side.ORIGIN, "connection_terminated"),
  NO_ANSWER(Phase.HEAD, Side.ORIGIN, "http_response_timeout"),
  INVALID_RESPONSE(Phase.HEAD, Side.ORIGIN, "http_protocol_error"),
  LARGE_HEAD(Phase.HEAD, Side.ORIGIN, "http_response_header_section_size"),
  UNKNOWN_CODING(Phase.HEAD, Side.ORIGIN, "http_response_transfer_coding"),
  CUT_BODY(Phase.BODY, Side.ORIGIN, "http_response_incomplete"),
  /** The body message is not as long as its envelope says. */
  WRONG_LENGTH(Phase.REQUEST, Side.SERVER, null),
  INTERNAL(Phase.HEAD, Side.CLIENT, "proxy_internal_error");

  /** How far the exchange had come. */
  public enum Phase {
    JUDGE,
    CONNECT,
    REQUEST,
    HEAD,
    BODY
  }

  /** Who is to blame. */
  public enum Side {
    CALLER,
    SERVER,
    CLIENT,
    ORIGIN
  }

  private final Phase phase;
  private final Side side;
  private final @Nullable String proxyError;

  Failure(Phase phase, Side side, @Nullable String proxyError) {
    this.phase = phase;
    this.side = side;
    this.proxyError = proxyError;
  }

  /** How far the exchange had come. */
  public Phase phase() {
    return phase;
  }

  /** Who is to blame. */
  public Side side() {
    return side;
  }

  /**
   * The error type of RFC 9209, or null where no caller is told: the WebSocket is closed instead.
   */
  public @Nullable String proxyError() {
    return proxyError;
  }
}
