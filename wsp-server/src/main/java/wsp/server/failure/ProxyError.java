package wsp.server.failure;

import static wsp.observe.Side.CALLER;
import static wsp.observe.Side.CLIENT;
import static wsp.observe.Side.ORIGIN;
import static wsp.observe.Side.SERVER;
import static wsp.server.failure.ErrorRow.Phase.ANSWER;
import static wsp.server.failure.ErrorRow.Phase.LEASE;
import static wsp.server.failure.ErrorRow.Phase.REQUEST;

import wsp.config.ErrorCodes;
import wsp.observe.Side;

/**
 * Every way in which this server fails a request, by phase and guilty side: what the caller is told
 * before the first byte of a response. After it, each of them is an abort. The texts are the
 * original's where it has one.
 *
 * <p>Of the statuses, the first is the original's and the second that of HTTP (RFC 9110 §15). That
 * too many wait is a 429 (RFC 6585 §4), unlike the 503 of a server that is going away or has no
 * client: the callers themselves can mend it.
 */
public enum ProxyError {
  /** Its connection has told the caller why, by 400, 408, 417, 431, 501 or 505. */
  UNREADABLE(
      new ErrorRow(REQUEST, CALLER, 400, 400, "http_request_error"),
      "The request cannot be read",
      "it is no HTTP/1.1 as RFC 9112 has it, or is longer or slower than this server takes; what "
          + "is wrong with it was told in the body of the answer"),
  UNKNOWN_PATH(
      new ErrorRow(REQUEST, CALLER, 404, 404, "destination_not_found"),
      "404 page not found",
      "this is wsp-server, and nothing is at that path; send the request to /request, with the "
          + "URL that it is for in the field X-PROXY-DESTINATION"),
  MISSING_DESTINATION(
      new ErrorRow(REQUEST, CALLER, 526, 400, "http_request_error"),
      "Missing X-PROXY-DESTINATION header",
      "the request does not say where it is to go; send exactly one X-PROXY-DESTINATION field "
          + "with an http: or https: URL"),
  REPEATED_DESTINATION(
      new ErrorRow(REQUEST, CALLER, 526, 400, "http_request_error"),
      "Repeated X-PROXY-DESTINATION header",
      "the request says more than once where it is to go; send exactly one X-PROXY-DESTINATION "
          + "field"),
  INVALID_DESTINATION(
      new ErrorRow(REQUEST, CALLER, 526, 400, "http_request_error"),
      "Unable to parse X-PROXY-DESTINATION header",
      "the field X-PROXY-DESTINATION is no URL that can be requested; send an absolute http: or "
          + "https: URL without userinfo, its special characters percent-encoded"),
  REPEATED_CLIENT(
      new ErrorRow(REQUEST, CALLER, 526, 400, "http_request_error"),
      "Repeated X-PROXY-CLIENT header",
      "the field X-PROXY-CLIENT came more than once; send it once, or not at all"),
  INVALID_CLIENT(
      new ErrorRow(REQUEST, CALLER, 526, 400, "http_request_error"),
      "Unable to parse X-PROXY-CLIENT header",
      "the field X-PROXY-CLIENT is no id or label of a client; send printable ASCII without "
          + "spaces"),
  UNAUTHORIZED(
      new ErrorRow(REQUEST, CALLER, 407, 407, "http_request_denied"),
      "Proxy authentication required",
      "the request has no key, or none that is valid; send yours as X-PROXY-AUTHORIZATION: "
          + "Bearer KEY, or in Proxy-Authorization"),
  /** As {@link #UNAUTHORIZED}, for a caller that takes this server for its proxy. */
  PROXY_UNAUTHORIZED(
      new ErrorRow(REQUEST, CALLER, 407, 407, "http_request_denied"),
      "This proxy requires a key",
      "none came, or one that is not known; put yours as the user into the URL of the proxy, "
          + "before its host and an at sign"),
  INVALID_TARGET(
      new ErrorRow(REQUEST, CALLER, 400, 400, "http_request_error"),
      "Unable to use the request target",
      "the request line names nothing that can be requested, or it can be read in more ways than "
          + "one; send it in the plainest spelling"),
  /** On a host that has routes, which tells strangers nothing of this server. */
  NO_ROUTE(
      new ErrorRow(REQUEST, CALLER, 404, 404, "destination_not_found"),
      "404 no route",
      "this host has routes, and none of them has that path; whoever runs the server can add one "
          + "to its routes"),
  ROUTE_METHOD(
      new ErrorRow(REQUEST, CALLER, 405, 405, "http_request_denied"),
      "Method not allowed on this route",
      "the route takes the methods that the field Allow names; whoever runs the server can add "
          + "one to the methods of the route"),
  SIGNATURE(
      new ErrorRow(REQUEST, CALLER, 403, 403, "http_request_denied"),
      "The signature is missing or not valid",
      "the route is for senders of webhooks who sign the body with its secret; whoever runs the "
          + "server sees that the secret there and at the sender are the same, and that nothing "
          + "between them changes the body"),
  WEBHOOK_TOO_LARGE(
      new ErrorRow(REQUEST, CALLER, 413, 413, "http_request_error"),
      "The body is too large for its signature to be judged",
      "all of it is kept until then, up to webhookbody in the configuration of the server; "
          + "whoever runs it can raise that"),
  FORWARD_OFF(
      new ErrorRow(REQUEST, CALLER, 403, 403, "http_request_denied"),
      "This server is no forward proxy",
      "the request is in absolute form, as programs send it to their proxy, and forwardproxy is "
          + "false in the configuration of the server; send it to /request, with its URL in the "
          + "field X-PROXY-DESTINATION"),
  FOREIGN_HOST(
      new ErrorRow(REQUEST, CALLER, 403, 403, "http_request_denied"),
      "The host of the request is no name of this machine",
      "this server listens on loopback and asks for no key, so a request that a browser may have "
          + "sent has to name an address, localhost, or a name from the hosts file of its machine: "
          + "any web page could send it by a name of its own; whoever runs the server can give its "
          + "callers keys (callers), or list the proxy before it in trustedproxies"),
  FOREIGN_PAGE(
      new ErrorRow(REQUEST, CALLER, 403, 403, "http_request_denied"),
      "The page of the request is another site's",
      "this server listens on loopback and asks for no key, so a WebSocket that a browser opens "
          + "has to be for a page of this machine, or of the host that it asks: no browser keeps "
          + "the page of another site from reading there; whoever runs the server can give its "
          + "callers keys (callers), or list the proxy before it in trustedproxies"),
  TUNNEL_PORT(
      new ErrorRow(REQUEST, CALLER, 403, 403, "http_request_denied"),
      "No tunnel to that port",
      "CONNECT leads to the ports that tunnelports lists on wsp-server and on wsp-client; "
          + "whoever runs them can add one"),
  FORBIDDEN(
      new ErrorRow(REQUEST, CALLER, 526, 403, "http_request_denied"),
      "Destination is forbidden",
      "a rule of the server, or of this caller there, denies this method, URL or fields; whoever "
          + "runs it finds the rule in its log, by the request id"),
  NOT_ALLOWED(
      new ErrorRow(REQUEST, CALLER, 526, 403, "http_request_denied"),
      "Destination is not allowed",
      "no rule of the server's whitelist, or of this caller's there, allows this method, URL and "
          + "fields; whoever runs it finds which in its log, by the request id, and can add one"),
  DRAINING(
      new ErrorRow(REQUEST, SERVER, 503, 503, "destination_unavailable"),
      "The server is shutting down",
      "it takes no new requests; send this one again in a moment, it has not been executed"),
  TOO_MANY_CALLERS(
      new ErrorRow(REQUEST, SERVER, 503, 503, "connection_limit_reached"),
      "Too many callers are connected",
      "there are more connections of callers than maxcallers, or of one address than "
          + "maxcallersperaddress; send the request again later, it has not been executed"),
  TOO_MANY_AT_ONCE(
      new ErrorRow(REQUEST, CALLER, 429, 429, "connection_limit_reached"),
      "Too many requests at once",
      "this caller has as many requests and tunnels under way as maxexchangespercaller of the "
          + "server allows; send this one again when one of them has ended, it has not been "
          + "executed"),
  TOO_MUCH_TO_JUDGE(
      new ErrorRow(REQUEST, SERVER, 503, 503, "connection_limit_reached"),
      "The server has no time to judge the request",
      "its URL can be read in many ways, or has to be looked for in many, and others like it come "
          + "first; send it again later, or in a plainer spelling; it has not been executed"),
  TOO_MANY_WAITING(
      new ErrorRow(LEASE, SERVER, 526, 429, "connection_limit_reached"),
      "Too many requests wait for a proxy connection",
      "more than maxwaiting requests wait already; send this one again later, it has not been"
          + " executed; more clients help, or a larger maxexchanges there (poolmaxsize on version 1"
          + " of the wire)"),
  NO_CLIENT(
      new ErrorRow(LEASE, CLIENT, 526, 503, "destination_unavailable"),
      "No proxy available",
      "no wsp-client is connected, or none that X-PROXY-CLIENT asks for; whoever runs it should "
          + "see that it is running and what its log says of connecting"),
  NO_CONNECTION(
      new ErrorRow(LEASE, CLIENT, 526, 504, "connection_limit_reached"),
      "Unable to get a proxy connection",
      "every client that may have the request was full for as long as timeout allows; send it again"
          + " later, it has not been executed; more clients help, or a larger maxexchanges there"
          + " (poolmaxsize on version 1 of the wire)"),
  CLIENT_STOPPING(
      new ErrorRow(LEASE, CLIENT, 526, 503, "destination_unavailable"),
      "Unable to get a proxy connection: the client is being stopped",
      "every client that may have the request finishes what it has begun and takes nothing new; "
          + "send it again later, it has not been executed"),
  CLIENT_TOO_OLD(
      new ErrorRow(ANSWER, CLIENT, 501, 501, "http_upgrade_failed"),
      "The client cannot carry it",
      "that wsp-client speaks version 1 of the wire, which has neither tunnels nor upgrades; "
          + "whoever runs it should install the version of this server there, and see that "
          + "neither daemon has wire : 1, or X-PROXY-CLIENT may name another one; the request "
          + "has not been executed"),
  /** Nothing of it was executed, but a part of its body has been sent and is not here any more. */
  CLIENT_REFUSED(
      new ErrorRow(ANSWER, CLIENT, 526, 503, "connection_limit_reached"),
      "The client has refused the request",
      "it has no room for more, or is being stopped; the request has not been executed, so send "
          + "it again in a moment; if it happens often, a larger maxbuffered, or more memory, at "
          + "the client helps"),
  CONNECTION_LOST(
      new ErrorRow(ANSWER, CLIENT, 526, 502, "connection_terminated"),
      "The proxy connection was lost before the answer",
      "the client, or the network on the way to it, broke off; whether the request was executed "
          + "is not known, so send it again only if that does no harm"),
  NO_MEMORY(
      new ErrorRow(ANSWER, SERVER, 526, 503, "proxy_internal_error"),
      "The server is short of memory",
      "the head of the answer did not come at once, and others that have begun take all of "
          + "envelopememory, or the connection to the client was given up for callermemory; the "
          + "origin may have executed the request, so send it again only if that does no harm; "
          + "whoever runs the server can raise either"),
  INVALID_ANSWER(
      new ErrorRow(ANSWER, CLIENT, 526, 502, "http_protocol_error"),
      "The proxy connection gave an invalid answer",
      "what the client sent is no answer of this protocol; whoever runs it should look at its "
          + "version and its log"),
  /** If the head of the answer has gone out, the caller is told by an abort alone. */
  ORIGIN_CUT(
      new ErrorRow(ANSWER, ORIGIN, 526, 502, "http_response_incomplete"),
      "The origin broke its answer off",
      "the origin sent the head of an answer and not all of its body; it may have executed the "
          + "request, so send it again only if that does no harm"),
  /** Its client is well: it takes what the origin takes. */
  ORIGIN_STALLED(
      new ErrorRow(ANSWER, ORIGIN, 526, 504, "connection_write_timeout"),
      "The origin takes nothing of the request",
      "the connection to the client is well, and for stalltimeout of the server no more of the "
          + "body could be passed on there; see what the origin is busy with; it may have "
          + "executed the request, so send it again only if that does no harm"),
  CALLER_LEFT(new ErrorRow(ANSWER, CALLER, 0, 0, ""), "The caller left", "");

  @SuppressWarnings("ImmutableEnumChecker") // that knows no record by itself
  final ErrorRow row;

  private final String text;
  private final String advice;

  ProxyError(ErrorRow row, String text, String advice) {
    this.row = row;
    this.text = text;
    this.advice = advice;
  }

  public Side side() {
    return row.side();
  }

  /** The status that the caller is told; 0 where there is no caller. */
  public int status(ErrorCodes codes) {
    return codes == ErrorCodes.STANDARD ? row.standard() : row.legacy();
  }

  /** The first line that the caller is told. */
  public String text() {
    return text;
  }

  /** Why, and what to do; empty where no caller is told. */
  public String advice() {
    return advice;
  }
}
