package wsp.observe;

/**
 * What only some access logs show of the side that a request came from; anything may be empty.
 *
 * @param referer that field as it came
 * @param userAgent that field as it came
 * @param via the other end of the connection that it came over, with its port, where the caller is
 *     not known
 * @param http11 false for a request in HTTP/1.0
 */
record Visitor(String referer, String userAgent, String via, boolean http11) {
  static final Visitor UNKNOWN = new Visitor("", "", "", true);
}
