package wsp.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where to register: one server, or, with {@code dns+} before the URL, every server that has one of
 * the addresses of its host. Immutable.
 *
 * @param url {@code ws:} or {@code wss:}
 * @param everyAddress whether each address of the host is a server of its own
 */
record Target(URI url, boolean everyAddress) {
  private static final String EVERY = "dns+";

  /** Reads a URL such as {@code ws://h/register} or {@code dns+wss://h/register}. */
  static Target parse(String text) throws URISyntaxException {
    boolean every = text.toLowerCase(Locale.ROOT).startsWith(EVERY);
    URI url = new URI(every ? text.substring(EVERY.length()) : text);
    String scheme = url.getScheme();
    boolean webSocket = "ws".equalsIgnoreCase(scheme) || "wss".equalsIgnoreCase(scheme);
    boolean plain = url.getUserInfo() == null && url.getFragment() == null;
    if (webSocket && plain && url.getHost() != null && url.getPort() <= 65535)
      return new Target(url, every);
    throw new URISyntaxException(text, "not a target");
  }

  /** As the configuration has it. */
  @Override
  public String toString() {
    return everyAddress ? EVERY + url : url.toString();
  }
}
