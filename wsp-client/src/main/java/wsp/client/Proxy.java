package wsp.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy that is asked with CONNECT (RFC 9110 §9.3.6) for a way to a target.
 *
 * @param host name or address, without brackets
 * @param port 1 to 65535
 * @param user for Basic authentication (RFC 7617), or null
 * @param password that user's
 */
record Proxy(String host, int port, @Nullable String user, String password) {
  private static final int DEFAULT_PORT = 80;

  /**
   * Reads {@code http://user:password@host:port}; only the host is needed. Special characters of
   * user and password are percent-encoded.
   *
   * @throws IllegalArgumentException for anything else, without a message
   */
  static Proxy parse(String text) {
    URI uri;
    try {
      uri = new URI(text.contains("://") ? text : "http://" + text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException();
    }
    String host = uri.getHost();
    boolean nothingElse =
        (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
            && uri.getRawQuery() == null
            && uri.getRawFragment() == null;
    if (!"http".equalsIgnoreCase(uri.getScheme()) || host == null || !nothingElse)
      throw new IllegalArgumentException();
    int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    if (port == 0 || port > 65535) throw new IllegalArgumentException();
    String plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    String credentials = uri.getUserInfo();
    if (credentials == null) return new Proxy(plain, port, null, "");
    // A colon that belongs to the user cannot be said in Basic authentication.
    int colon = credentials.indexOf(':');
    if (credentials.chars().anyMatch(Character::isISOControl)) throw new IllegalArgumentException();
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
