package wsp.client.replay;

/**
 * What a connection to an origin can be used for.
 *
 * @param secure over TLS
 * @param host as in the destination
 * @param port 1 to 65535
 */
record Route(boolean secure, String host, int port) {
  /** For a message: {@code host:port}. */
  String name() {
    return (host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + port;
  }
}
