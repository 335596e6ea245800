package wsp.envelope;

import wsp.text.SecretNames;

/** The fields that both daemons keep to themselves, decided once. */
public final class FieldLists {
  /** Fields of one hop only (RFC 9110 §7.6.1). Those named by {@code Connection} come on top. */
  public static final FieldNames HOP_BY_HOP =
      FieldNames.list(
          """
          Connection Keep-Alive Proxy-Authenticate Proxy-Authentication-Info Proxy-Authorization
          Proxy-Connection TE Trailer Transfer-Encoding Upgrade\
          """);

  /**
   * Fields that no origin gets: secrets and directions of this tunnel, which each hop asks for
   * itself, and {@code Proxy}, which a CGI origin takes for the variable {@code HTTP_PROXY} and
   * sends its own requests through (httpoxy).
   */
  public static final FieldNames NOT_FOR_ORIGINS =
      FieldNames.list(
          """
          X-Proxy-Destination X-Proxy-Client X-Proxy-Labels X-Proxy-Connection X-Proxy-Authorization
          X-Secret-Key Proxy-Authorization Proxy Host Expect\
          """);

  /**
   * By which a server tells, on version 2 of the wire alone, which of its callers' connections a
   * request came on: a random word, there where an origin may authenticate connections.
   */
  public static final String CONNECTION = "X-Proxy-Connection";

  /** Fields that a head has on version 2 of the wire alone: they speak of what 1 cannot carry. */
  public static final FieldNames OF_VERSION_2 =
      FieldNames.of("Trailer", "Upgrade", "Expect", CONNECTION);

  /**
   * Fields that no caller gets: {@code Alt-Svc} (RFC 7838) names an address within the network of
   * the origin, which the caller cannot reach, and would take for the server's own.
   */
  public static final FieldNames NOT_FOR_CALLERS = FieldNames.of("Alt-Svc");

  /**
   * Fields that no trailer may be (RFC 9110 §6.5.1), in either direction: those that frame, route,
   * authenticate, modify a request, control a response or say how a body is to be read; a recipient
   * that merges trailers into the head would go by them after the request was judged. On top come
   * those that the two daemons or a proxy before them have written into the head themselves; {@link
   * TrailerFields} has the rule.
   */
  public static final FieldNames NOT_IN_TRAILERS =
      HOP_BY_HOP
          .and(NOT_FOR_ORIGINS)
          .and(NOT_FOR_CALLERS)
          .and(
              FieldNames.list(
                  """
                  Content-Length Content-Encoding Content-Type Content-Range Content-Location Authorization
                  WWW-Authenticate Cookie Set-Cookie Cache-Control Pragma Range If-Match If-None-Match
                  If-Modified-Since If-Unmodified-Since If-Range Max-Forwards Age Date Expires Location
                  Retry-After Vary Warning\
                  """))
          .and(
              FieldNames.list(
                  """
                  Forwarded X-Real-IP X-HTTP-Method-Override X-HTTP-Method X-Method-Override X-Original-URL
                  X-Rewrite-URL X-Api-Key Origin Referer X-Request-Id Traceparent Tracestate Via\
                  """));

  private static final FieldNames STAYING = FieldNames.of("Content-Length", "Host", "Max-Forwards");

  private static final String X_FORWARDED = "x-forwarded-";
  private static final FieldNames OF_THE_WAY = FieldNames.of("Forwarded", "X-Real-IP");

  private FieldLists() {}

  /**
   * True for what {@code Connection} may name as often as it likes: framing; the count of hops,
   * without which a TRACE or OPTIONS would travel on without limit (RFC 9110 §7.6.2); and what a
   * proxy has written of the way, whose caller's {@code Connection} it may have handed on.
   */
  static boolean stays(String name) {
    return STAYING.test(name) || tellsTheWay(name);
  }

  /** True for a field that tells the way of a request before it came here, however spelled. */
  public static boolean tellsTheWay(String name) {
    // Each of them begins with one of these; most names do not, and need no more looking at.
    int first = name.isEmpty() ? 0 : name.charAt(0) | 0x20;
    if (first != 'x' && first != 'f') return false;
    return FieldNames.beginsLike(name, X_FORWARDED) || OF_THE_WAY.test(name);
  }

  /** True for the name of a field whose values are secrets, not to be shown. */
  public static boolean isSecret(String name) {
    String plain = SecretNames.plain(name);
    // Names of parameters have it in words of all kinds, such as keyword.
    return SecretNames.has(plain) || plain.contains("key");
  }
}
