package wsp.observe;

/**
 * What only some access logs show of the side that a request came from; anything may be empty, and
 * is cut as the texts of an {@link ExchangeRecord} are.
 *
 * @param referer that field
 * @param userAgent that field
 * @param via the other end of the connection that it came over, with its port, where the caller is
 *     not known
 * @param http11 false for a request in HTTP/1.0
 */
record Visitor(String referer, String userAgent, String via, boolean http11) {
  Visitor {
    referer = ExchangeRecord.cut(referer);
    userAgent = ExchangeRecord.cut(userAgent);
  }

  static final Visitor UNKNOWN = new Visitor("", "", "", true);
}
