package wsp.client.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import wsp.destination.ConfiguredUrl;
import wsp.destination.InvalidDestinationException;
import wsp.http1.HeadWriter;
import wsp.text.Ascii;

/**
 * An HTTP proxy on the way to servers, which is asked with CONNECT (RFC 9110 §9.3.6) for it.
 *
 * @param host name or address, without brackets
 * @param port 1 to 65535
 * @param user for Basic authentication (RFC 7617), or null
 * @param password that user's
 */
public record Proxy(String host, int port, @Nullable String user, String password) {
  /** User and password in a URL (RFC 3986 §3.2.1); what is beyond ASCII is taken, too. */
  private static final Pattern ENCODED = Pattern.compile("([^@/?#\\\\%\\s]|%\\p{XDigit}{2})*+");

  private static final Map<String, Integer> PORTS = Map.of("http", 80);

  /**
   * Reads {@code http://user:password@host:port}; only the host is needed. Special characters of
   * user and password are percent-encoded.
   *
   * @throws IllegalArgumentException for anything else, with nothing of the text in its message,
   *     which is empty where the reason is not known
   */
  public static Proxy parse(String text) {
    String whole = text.contains("://") ? text : "http://" + text;
    ConfiguredUrl url;
    try {
      url = ConfiguredUrl.parse(whole, PORTS);
    } catch (InvalidDestinationException e) {
      throw new IllegalArgumentException(reason(whole), e);
    }
    if (!url.requestTarget().equals("/")) throw new IllegalArgumentException(reason(whole));
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

  private static String reason(String url) {
    int host = url.indexOf("://") + 3;
    if (!PORTS.containsKey(Ascii.lower(url.substring(0, host - 3))))
      return "no other scheme is known here";
    String credentials = url.substring(host, Math.max(host, url.lastIndexOf('@')));
    return ENCODED.matcher(credentials).matches()
        ? ""
        : "in user and password, what is no letter, digit, dash, dot or underscore is"
            + " percent-encoded, an at sign as %40";
  }

  ByteBuffer request(Endpoint target) {
    String authority = target.dialled() + ":" + target.port();
    HeadWriter head = HeadWriter.request("CONNECT", authority).field("Host", authority);
    head.field("User-Agent", Handshake.USER_AGENT);
    String authorization = authorization();
    if (authorization != null) head.field("Proxy-Authorization", authorization);
    return head.end();
  }

  /** The value of the field {@code Proxy-Authorization}, or null if it needs none. */
  public @Nullable String authorization() {
    if (user == null) return null;
    byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(credentials);
  }

  /** Without user and password. */
  @Override
  public String toString() {
    String shown = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return "http://" + (user == null ? "" : "***@") + shown + ":" + port;
  }
}
