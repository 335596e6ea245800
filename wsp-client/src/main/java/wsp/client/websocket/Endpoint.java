package wsp.client.websocket;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import wsp.destination.ConfiguredUrl;

/**
 * A server to register with. With an address, that one is connected to, directly or through a
 * proxy, while the handshake's {@code Host} and the name in TLS stay those of the URL. Immutable.
 *
 * @param url {@code ws:} or {@code wss:}
 * @param address the one of the URL's host that is meant, null for any
 */
public record Endpoint(ConfiguredUrl url, @Nullable InetAddress address) {
  /** The server of a URL, at whichever address its name has. */
  public static Endpoint of(ConfiguredUrl url) {
    return new Endpoint(url, null);
  }

  /** A name without a trailing dot, or an address without brackets: whose certificate it shows. */
  public String host() {
    return url.host();
  }

  /** That of the scheme if the URL has none. */
  public int port() {
    return url.port();
  }

  public boolean secure() {
    return url.scheme().equals("wss");
  }

  /** The host to ask a proxy for: the address if there is one, IPv6 in brackets. */
  public String dialled() {
    String text = address == null ? url.lookedUp() : address.getHostAddress();
    return text.indexOf(':') < 0 ? text : "[" + text + "]";
  }

  @Override
  public String toString() {
    return address == null ? url.toString() : url + " at " + address.getHostAddress();
  }
}
