package wsp.client;

import java.util.Map;
import wsp.destination.ConfiguredUrl;
import wsp.destination.InvalidDestinationException;
import wsp.text.Ascii;

/**
 * Where to register: one server, or, with {@code dns+} before the URL, every server that has one of
 * the addresses of its host. Immutable.
 *
 * @param url {@code ws:} or {@code wss:}
 * @param everyAddress whether each address of the host is a server of its own
 */
record Target(ConfiguredUrl url, boolean everyAddress) {
  private static final String EVERY = "dns+";
  private static final Map<String, Integer> PORTS = Map.of("ws", 80, "wss", 443);

  /** Reads a URL such as {@code ws://h/register} or {@code dns+wss://h/register}. */
  static Target parse(String text) throws InvalidDestinationException {
    boolean every = Ascii.lower(text).startsWith(EVERY);
    return new Target(url(every ? text.substring(EVERY.length()) : text), every);
  }

  /** Reads the URL of one server, without userinfo. */
  private static ConfiguredUrl url(String text) throws InvalidDestinationException {
    ConfiguredUrl url = ConfiguredUrl.parse(text, PORTS);
    if (url.userinfo() == null) return url;
    throw new InvalidDestinationException("userinfo is not allowed");
  }

  /** As the configuration has it. */
  @Override
  public String toString() {
    return everyAddress ? EVERY + url : url.toString();
  }
}
