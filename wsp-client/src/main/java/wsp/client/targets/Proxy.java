package wsp.client.targets;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import wsp.destination.ConfiguredUrl;
import wsp.destination.InvalidDestinationException;

/**
 * An HTTP proxy that is asked with CONNECT (RFC 9110 §9.3.6) for a way to a target.
 *
 * @param host name or address, without brackets
 * @param port 1 to 65535
 * @param user for Basic authentication (RFC 7617), or null
 * @param password that user's
 */
public record Proxy(String host, int port, @Nullable String user, String password) {
  private static final Map<String, Integer> PORTS = Map.of("http", 80);

  /**
   * Reads {@code http://user:password@host:port}; only the host is needed. Special characters of
   * user and password are percent-encoded.
   *
   * @throws IllegalArgumentException for anything else, without a message
   */
  static Proxy parse(String text) {
    ConfiguredUrl url;
    try {
      url = ConfiguredUrl.parse(text.contains("://") ? text : "http://" + text, PORTS);
    } catch (InvalidDestinationException e) {
      throw new IllegalArgumentException();
    }
    if (!url.requestTarget().equals("/")) throw new IllegalArgumentException();
    String plain = url.lookedUp();
    int port = url.port();
    String credentials = url.userinfo();
    if (credentials == null) return new Proxy(plain, port, null, "");
    // A colon that belongs to the user cannot be said in Basic authentication.
    int colon = credentials.indexOf(':');
    return colon < 0
        ? new Proxy(plain, port, credentials, "")
        : new Proxy(plain, port, credentials.substring(0, colon), credentials.substring(colon + 1));
  }

  /** The value of the field {@code Proxy-Authorization}, or null if it needs none. */
  @Nullable String authorization() {
    if (user == null) return null;
    byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(credentials);
  }

  /** For logs: without user and password. */
  @Override
  public String toString() {
    String shown = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return "http://" + (user == null ? "" : "***@") + shown + ":" + port;
  }
}
