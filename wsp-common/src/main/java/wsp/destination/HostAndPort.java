package wsp.destination;

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
    String rest = authority.substring(end);
    if (!rest.isEmpty() && rest.charAt(0) != ':')
      throw new InvalidDestinationException("only a port may follow the host");
    return new HostAndPort(Host.canonical(host), rest.length() < 2 ? defaultPort : port(rest));
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

  private static int port(String colonAndDigits) throws InvalidDestinationException {
    int port = 0;
    for (int i = 1; i < colonAndDigits.length() && port <= MAX_PORT; i++) {
      char c = colonAndDigits.charAt(i);
      if (c < '0' || c > '9') throw badPort();
      port = port * 10 + (c - '0');
    }
    if (port < 1 || port > MAX_PORT) throw badPort();
    return port;
  }

  private static InvalidDestinationException badPort() {
    return new InvalidDestinationException("the port is a number from 1 to " + MAX_PORT);
  }
}
