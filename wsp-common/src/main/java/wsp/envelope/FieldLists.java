package wsp.envelope;

/** The fields that both daemons keep to themselves, decided once. */
public final class FieldLists {
  /** Fields of one hop only (RFC 9110 §7.6.1). Those named by {@code Connection} come on top. */
  public static final FieldNames HOP_BY_HOP =
      FieldNames.of(
          "Connection",
          "Keep-Alive",
          "Proxy-Authenticate",
          "Proxy-Authentication-Info",
          "Proxy-Authorization",
          "Proxy-Connection",
          "TE",
          "Trailer",
          "Transfer-Encoding",
          "Upgrade");

  /**
   * Fields that no origin gets: secrets and directions of this tunnel, which each hop asks for
   * itself, and {@code Proxy}, which a CGI origin takes for the variable {@code HTTP_PROXY} and
   * sends its own requests through (httpoxy).
   */
  public static final FieldNames NOT_FOR_ORIGINS =
      FieldNames.of(
          "X-Proxy-Destination",
          "X-Proxy-Client",
          "X-Proxy-Labels",
          "X-Proxy-Authorization",
          "X-Secret-Key",
          "Proxy-Authorization",
          "Proxy",
          "Host",
          "Expect");

  /**
   * Fields that no caller gets: {@code Alt-Svc} (RFC 7838) names an address within the network of
   * the origin, which the caller cannot reach, and would take for the server's own.
   */
  public static final FieldNames NOT_FOR_CALLERS = FieldNames.of("Alt-Svc");

  /** What {@code Connection} may name as often as it likes. */
  static final FieldNames FRAMING = FieldNames.of("Content-Length", "Host");

  private FieldLists() {}
}
