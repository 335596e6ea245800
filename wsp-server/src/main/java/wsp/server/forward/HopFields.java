package wsp.server.forward;

import org.jspecify.annotations.Nullable;
import wsp.envelope.Headers;
import wsp.envelope.TrailerFields;
import wsp.http1.RequestHead;
import wsp.text.Ascii;

/**
 * Fields of one hop that server and client, which are one proxy to HTTP, tell each other where the
 * wire carries what they speak of: the client makes fields of its own hop of them. Stateless.
 */
final class HopFields {
  private static final String UPGRADE = "Upgrade";

  /** The only protocol that is spoken on a connection instead of HTTP. */
  private static final String WEBSOCKET = "websocket";

  private HopFields() {}

  /** True if the two ends want to go on with bytes of their own (RFC 9110 §7.8, §9.3.6). */
  static boolean isRaw(RequestHead head) {
    return head.method().equals("CONNECT") || protocol(head) != null;
  }

  /** The protocol that the caller offers to switch to; null where it is none that goes on. */
  private static @Nullable String protocol(RequestHead head) {
    Headers received = head.headers();
    if (!received.has(UPGRADE) || !head.http11() || head.hasBody()) return null;
    if (!received.connectionHas(UPGRADE)) return null;
    for (String value : received.all(UPGRADE))
      for (String word : value.split(",", -1))
        if (Ascii.equalsIgnoreCase(Ascii.trim(word), WEBSOCKET)) return WEBSOCKET;
    return null;
  }

  /** These with what the caller says about trailers and upgrades. */
  static Headers on(Headers fields, RequestHead head) {
    Headers received = head.headers();
    Headers all = fields;
    String protocol = protocol(head);
    if (protocol != null) all = all.with(UPGRADE, protocol);
    if (received.has("TE") && head.http11() && TrailerFields.taken(received))
      all = all.with("TE", "trailers");
    String announced = TrailerFields.announced(received);
    return announced.isEmpty() ? all : all.with("Trailer", announced);
  }
}
