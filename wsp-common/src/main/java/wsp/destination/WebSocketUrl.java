package wsp.destination;

import wsp.text.Ascii;

/**
 * URLs of WebSockets: a request for one is a request of HTTP that asks for an upgrade. Stateless.
 */
public final class WebSocketUrl {
  private WebSocketUrl() {}

  public static boolean is(String url) {
    return Ascii.startsWithIgnoreCase(url, "ws:") || Ascii.startsWithIgnoreCase(url, "wss:");
  }

  /** The URL that is requested: {@code http:} for {@code ws:}, {@code https:} for {@code wss:}. */
  public static String asHttp(String url) {
    return is(url) ? "http" + url.substring(2) : url;
  }
}
