package wsp.observe;

/**
 * What only some access logs show of the side that a request came from; anything may be empty.
 *
 * @param referer that field as it came
 * @param userAgent that field as it came
 * @param via the other end of the connection that it came over, with its port, where the caller is
 *     not known
 */
record Visitor(String referer, String userAgent, String via) {
  static final Visitor UNKNOWN = new Visitor("", "", "");
}
