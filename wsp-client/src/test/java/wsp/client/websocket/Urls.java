package wsp.client.websocket;

import java.util.Map;
import wsp.destination.ConfiguredUrl;
import wsp.destination.InvalidDestinationException;

/** URLs of servers, of which a test knows that they are right. */
public final class Urls {
  private Urls() {}

  /** A {@code ws:} or {@code wss:} URL. */
  public static ConfiguredUrl of(String text) {
    try {
      return ConfiguredUrl.parse(text, Map.of("ws", 80, "wss", 443));
    } catch (InvalidDestinationException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
