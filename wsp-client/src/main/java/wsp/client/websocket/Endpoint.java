package wsp.client.websocket;

import java.net.InetAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A server to register with. With an address, that one is connected to, directly or through a
 * proxy, while the handshake's {@code Host} and the name in TLS stay those of the URL. Immutable.
 *
 * @param url {@code ws:} or {@code wss:}
 * @param address the one of the URL's host that is meant, null for any
 */
public record Endpoint(URI url, @Nullable InetAddress address) {
  /** The server of a URL, at whichever address its name has. */
  public static Endpoint of(URI url) {
    return new Endpoint(url, null);
  }

  /** As it stands in the URL, an IPv6 address in brackets. */
  String host() {
    return url.getHost();
  }

  /** Never negative: that of the scheme if the URL has none. */
  public int port() {
    if (url.getPort() >= 0) return url.getPort();
    return secure() ? 443 : 80;
  }

  /** Whether TLS comes first. */
  public boolean secure() {
    return "wss".equalsIgnoreCase(url.getScheme());
  }

  /**
   * The host to connect to, or to ask a proxy for: the address if there is one, IPv6 in brackets.
   */
  public String dialled() {
    if (address == null) return host();
    String text = address.getHostAddress();
    return text.indexOf(':') < 0 ? text : "[" + text + "]";
  }

  /** For logs. */
  @Override
  public String toString() {
    return address == null ? url.toString() : url + " at " + address.getHostAddress();
  }
}
