package wsp.client.origin;

import static wsp.client.origin.Failure.Phase.BODY;
import static wsp.client.origin.Failure.Phase.CONNECT;
import static wsp.client.origin.Failure.Phase.HEAD;
import static wsp.client.origin.Failure.Phase.JUDGE;
import static wsp.client.origin.Failure.Phase.REQUEST;
import static wsp.observe.Side.CALLER;
import static wsp.observe.Side.CLIENT;
import static wsp.observe.Side.ORIGIN;
import static wsp.observe.Side.SERVER;

import org.jspecify.annotations.Nullable;
import wsp.config.ErrorCodes;
import wsp.observe.Side;

/**
 * Every way in which an exchange can fail on the client: in which phase, the guilty party, and what
 * the caller is told (docs/wire.md; RFC 9209 §2.3). A failure before the response envelope is
 * answered with a 527, or a status of HTTP (RFC 9110 §15); one after it, or one that is the
 * server's own, costs the WebSocket.
 */
public enum Failure {
  INVALID_DESTINATION(
      row(JUDGE, CALLER, 400, "http_request_error"),
      "the destination is no URL that can be requested; send an absolute http: "
          + "or https: URL without userinfo, its special characters percent-encoded"),
  METHOD(
      row(JUDGE, CALLER, 501, "http_request_error"),
      "that method makes something else than a request of what is sent; for a tunnel, ask the "
          + "server by CONNECT for a host and port"),
  UPGRADE(
      row(JUDGE, CALLER, 501, "http_upgrade_failed"),
      "the client passes on one protocol, as name or name/version, and never a version of HTTP, "
          + "or TLS; send the request without Upgrade"),
  TUNNEL_PORT(
      row(JUDGE, CALLER, 403, "http_request_denied"),
      "tunnelports of both daemons have to list the port; whoever runs the client can add it"),
  FORBIDDEN(
      row(JUDGE, CALLER, 403, "http_request_denied"),
      "a rule of the client denies this method, URL or fields; whoever runs it "
          + "finds the rule in its log, by the request id"),
  NOT_ALLOWED(
      row(JUDGE, CALLER, 403, "http_request_denied"),
      "no rule of the client allows this method, URL and fields; whoever runs "
          + "it can add one to its whitelist"),
  NO_MEMORY(
      row(JUDGE, CLIENT, 503, "connection_limit_reached"),
      "the heads of the requests that run, or of answers that are not whole, or answers that are "
          + "not taken, have all the memory "
          + "that the client has for them; "
          + "whoever runs it can raise envelopememory, or give it a larger heap (-Xmx)"),
  TOO_MUCH_TO_JUDGE(
      row(JUDGE, CLIENT, 503, "connection_limit_reached"),
      "its URL can be read in many ways, or has to be looked for in many, and others like it come "
          + "first; send it again later, or in a plainer spelling; it has not been executed"),
  UNKNOWN_HOST(
      row(CONNECT, ORIGIN, 502, "dns_error"),
      "the name of the host has no address where the client is; look at its "
          + "spelling, and at the client's name servers"),
  NO_NAME_SERVER(
      row(CONNECT, CLIENT, 504, "dns_timeout"),
      "no name server has told the client yet which address that host has; whoever runs the client "
          + "looks at its name servers (/etc/resolv.conf), if it does not pass"),
  PROHIBITED_ADDRESS(
      row(CONNECT, CALLER, 403, "destination_ip_prohibited"),
      "the client may not connect to the address of that host; whoever runs it "
          + "can change allowaddresses and denyaddresses"),
  REFUSED(
      row(CONNECT, ORIGIN, 502, "connection_refused"),
      "nothing listens at that host and port; see that the origin is running, "
          + "and that the port is right"),
  UNREACHABLE(
      row(CONNECT, ORIGIN, 502, "destination_ip_unroutable"),
      "there is no way from the client to that host; look at the network and its firewalls"),
  NO_DESCRIPTOR(
      row(CONNECT, CLIENT, 503, "connection_limit_reached"),
      "the client has no file descriptor left for a connection to the origin; whoever runs it "
          + "can raise ulimit -n (LimitNOFILE of systemd), or allow fewer connections"),
  NO_PORT(
      row(CONNECT, CLIENT, 503, "connection_limit_reached"),
      "the client's machine has no port left for one more connection to that host; whoever runs it "
          + "can widen net.ipv4.ip_local_port_range, or let the origin keep connections open"),
  CONNECT_TIMEOUT(
      row(CONNECT, ORIGIN, 504, "connection_timeout"),
      "the origin did not take the connection within connecttimeout; see that "
          + "it is running, and that no firewall is in between"),
  TLS(
      row(CONNECT, ORIGIN, 502, "tls_protocol_error"),
      "the client and the origin could not agree on a secure connection; see "
          + "that the port speaks TLS 1.2 or 1.3"),
  CERTIFICATE_EXPIRED(
      row(CONNECT, ORIGIN, 502, "tls_certificate_error"),
      "the certificate that the origin shows, or one that it depends on, is out of date; "
          + "renew it at the origin"),
  CERTIFICATE_NOT_YET_VALID(
      row(CONNECT, ORIGIN, 502, "tls_certificate_error"),
      "the certificate that the origin shows is not valid yet; look at its dates, and at "
          + "the clocks of the origin and of the client"),
  CERTIFICATE_WRONG_NAME(
      row(CONNECT, ORIGIN, 502, "tls_certificate_error"),
      "the certificate that the origin shows is for other names; request it by one of them, "
          + "or give the origin a certificate for this one"),
  CERTIFICATE_SELF_SIGNED(
      row(CONNECT, ORIGIN, 502, "tls_certificate_error"),
      "the certificate that the origin shows is signed by itself; give the client that "
          + "certificate as origincafile"),
  CERTIFICATE_UNKNOWN_AUTHORITY(
      row(CONNECT, ORIGIN, 502, "tls_certificate_error"),
      "the certificate that the origin shows is of an authority that the client does not "
          + "trust; if it is your own, give the client that authority as origincafile"),
  CERTIFICATE_UNKNOWN_ISSUER(
      row(CONNECT, ORIGIN, 502, "tls_certificate_error"),
      "the client has no certificate of the issuer; let the origin send its intermediate "
          + "certificates along or, if the issuer is an authority of your own, give it to the "
          + "client as origincafile"),
  CERTIFICATE(
      row(CONNECT, ORIGIN, 502, "tls_certificate_error"),
      "the certificate that the origin shows breaks a rule of certificates; what is wrong "
          + "with it stands above"),
  CLOSED_EARLY(
      row(HEAD, ORIGIN, 502, "connection_terminated"),
      "the origin ended the connection without an answer; whether the request "
          + "was executed is not known, so send it again only if that does no harm"),
  NO_ANSWER(
      row(HEAD, ORIGIN, 504, "http_response_timeout"),
      "the origin took longer than responsetimeout, or than stalltimeout for the head alone; "
          + "whether the request was executed is not known, so send it again only if that does no "
          + "harm"),
  INVALID_RESPONSE(
      row(HEAD, ORIGIN, 502, "http_protocol_error"),
      "what the origin sent is no valid answer of HTTP/1.1; see that the port "
          + "speaks HTTP, and look at the origin"),
  LARGE_HEAD(
      row(HEAD, ORIGIN, 502, "http_response_header_section_size"),
      "the head of the origin's answer is over the client's limit; make the "
          + "answer's fields fewer or shorter, or maxheader larger, if that is the limit"),
  UNKNOWN_CODING(
      row(HEAD, ORIGIN, 502, "http_response_transfer_coding"),
      "the origin's answer has a transfer coding other than chunked, or that one twice; look at the"
          + " origin"),
  CONNECTION_AUTH(
      row(HEAD, ORIGIN, 502, "http_protocol_error"),
      "the client is not told which caller's connection each step comes on; let both daemons speak "
          + "version 2 of the wire, or the origin offer another scheme, or Kerberos in one step"),
  CUT_BODY(
      row(BODY, ORIGIN, 502, "http_response_incomplete"),
      "the origin broke its answer off; look at the origin"),
  /** The body message is not as long as its envelope says. */
  WRONG_LENGTH(row(REQUEST, SERVER, 0, null), ""),
  /** What the engine would do otherwise than it was asked to, or cannot do at all. */
  ENGINE(
      row(HEAD, CLIENT, 501, "proxy_configuration_error"),
      "the client has requests performed by java.net.http.HttpClient, which differs in that; "
          + "whoever runs it can set engine : own"),
  INTERNAL(
      row(HEAD, CLIENT, 502, "proxy_internal_error"),
      "the client itself failed, or is stopping; whoever runs it finds more in "
          + "its log, by the request id");

  /** How far the exchange had come. */
  public enum Phase {
    JUDGE,
    CONNECT,
    REQUEST,
    HEAD,
    BODY
  }

  private static final int LEGACY = 527;

  /** All but the advice. */
  private record Row(Phase phase, Side side, int standard, @Nullable String proxyError) {}

  @SuppressWarnings("ImmutableEnumChecker") // that knows no record by itself
  private final Row row;

  private final String advice;

  Failure(Row row, String advice) {
    this.row = row;
    this.advice = advice;
  }

  private static Row row(Phase phase, Side side, int standard, @Nullable String proxyError) {
    return new Row(phase, side, standard, proxyError);
  }

  public Phase phase() {
    return row.phase;
  }

  public Side side() {
    return row.side;
  }

  /**
   * The error type of RFC 9209, or null where no caller is told: the WebSocket is closed instead.
   */
  public @Nullable String proxyError() {
    return row.proxyError;
  }

  /** The status for the caller, if there is one: the original's, or that of HTTP (RFC 9110 §15). */
  public int status(ErrorCodes codes) {
    return codes == ErrorCodes.STANDARD && row.standard != 0 ? row.standard : LEGACY;
  }

  /** Why, and what to do, for the caller; empty where none is told. */
  public String advice() {
    return advice;
  }
}
