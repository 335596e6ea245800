package wsp.server.forward;

import org.jspecify.annotations.Nullable;
import wsp.envelope.Headers;
import wsp.envelope.UpgradeField;
import wsp.http1.RequestHead;
import wsp.text.Ascii;

/**
 * Requests to go on with another protocol on the same connection (RFC 9110 §7.8). Such a request is
 * one hop's alone; for the protocols that are configured, this hop asks the next one for the same.
 * Stateless.
 */
public final class Upgrades {
  /** Why a destination with the scheme of WebSockets is refused. */
  public static final String MISSING =
      "a ws: or wss: URL is for a GET with Upgrade: websocket, where upgrades lists it";

  private Upgrades() {}

  /**
   * The protocol that a request asks for, if it may; null for nearly all. Where it names several,
   * the first that may be had. Spelt as it is configured, and compared without case. HTTP/1.0 has
   * no upgrades, and one behind a body is not asked for.
   */
  static @Nullable String of(RequestHead head, Entrances open) {
    if (!head.headers().has(UpgradeField.NAME) || !head.http11() || head.hasBody()) return null;
    return head.form() == RequestHead.Form.AUTHORITY ? null : of(head.headers(), open);
  }

  /** The same for one of which no more is known. */
  static @Nullable String of(Headers fields, Entrances open) {
    if (!fields.connectionHas(UpgradeField.NAME)) return null;
    for (String asked : fields.elements(UpgradeField.NAME))
      for (String listed : open.upgrades())
        if (Ascii.equalsIgnoreCase(listed, asked)) return listed;
    return null;
  }

  /** The fields of a request, from which those of its hop are gone, with this upgrade. */
  static Headers on(Headers passed, @Nullable String upgrade) {
    if (upgrade == null) return passed;
    return passed.with("Connection", UpgradeField.NAME).with(UpgradeField.NAME, upgrade);
  }

  /** The protocol that {@link #on} has put there; null for none. */
  static @Nullable String in(Headers fields) {
    return fields.first(UpgradeField.NAME);
  }
}
