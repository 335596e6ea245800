package wsp.destination;

import wsp.text.Ascii;

/**
 * The authority of a destination, without userinfo (RFC 3986 §3.2).
 *
 * @param host canonical, an IPv6 address without brackets
 * @param port 1 to 65535, or the default that was given
 */
record HostAndPort(String host, int port) {
  private static final int MAX_PORT = 65_535;

  static HostAndPort parse(String authority, int defaultPort) throws InvalidDestinationException {
    if (authority.indexOf('@') >= 0)
      throw new InvalidDestinationException("userinfo is not allowed");
    int end = endOfHost(authority);
    String host = authority.substring(0, end);
    boolean more = end < authority.length();
    if (more && authority.charAt(end) != ':')
      throw new InvalidDestinationException("only a port may follow the host");
    String port = more ? authority.substring(end + 1) : "";
    return new HostAndPort(Host.canonical(host), port.isEmpty() ? defaultPort : port(port));
  }

  private static int endOfHost(String authority) throws InvalidDestinationException {
    if (authority.startsWith("[")) {
      int bracket = authority.indexOf(']');
      if (bracket < 0) throw new InvalidDestinationException("the closing bracket is missing");
      return bracket + 1;
    }
    int colon = authority.indexOf(':');
    return colon < 0 ? authority.length() : colon;
  }

  private static int port(String digits) throws InvalidDestinationException {
    long port = Ascii.number(digits, 5);
    if (port < 1 || port > MAX_PORT)
      throw new InvalidDestinationException("the port is a number from 1 to " + MAX_PORT);
    return (int) port;
  }
}
