package wsp.server.forward;

import org.jspecify.annotations.Nullable;
import wsp.address.LocalNames;
import wsp.envelope.Headers;
import wsp.http1.RequestHead;
import wsp.server.failure.ProxyError;
import wsp.text.Ascii;

/**
 * Finds requests by which a web page may read what is behind this server. One whose own name has
 * been made to resolve to this machine (DNS rebinding) may add any field and read the answer, since
 * its browser takes this for the page's own server; one of another site may read and write what
 * comes behind a 101, for which browsers ask nobody (RFC 6455 §10.2). Only where nothing but a
 * place on this machine lets a request in: on a port on loopback, without a key or a signature, and
 * not from a proxy that is trusted. Stateless.
 */
final class PageCheck {
  private PageCheck() {}

  /** Why a request is refused; null for nearly all. */
  static @Nullable ProxyError refusal(Arrival arrival) {
    ProxyError found = found(arrival);
    if (found == null || !isOpen(arrival)) return null;
    return arrival.terms().forwarding().trusts(arrival.caller().remote().address()) ? null : found;
  }

  private static @Nullable ProxyError found(Arrival arrival) {
    Terms terms = arrival.terms();
    RequestHead head = arrival.caller().head();
    Headers fields = head.headers();
    String host = fields.first("Host");
    if (!terms.names().has(host) && mayBePage(fields)) return ProxyError.FOREIGN_HOST;
    if (!fields.has("Origin") || Upgrades.of(head, terms.entrances()) == null) return null;
    for (String page : fields.all("Origin"))
      if (!isOwn(page, host, terms.names())) return ProxyError.FOREIGN_PAGE;
    return null;
  }

  /** True for a page of the host that it asks, on any port, or of another place on this machine. */
  private static boolean isOwn(String page, @Nullable String host, LocalNames names) {
    int place = page.indexOf("://");
    if (place < 0) return false;
    String name = LocalNames.named(page.substring(place + 3));
    return names.isOwn(name) || (host != null && name.equals(LocalNames.named(host)));
  }

  /** A route's own host is known by name; to a forward proxy no page sends anything by itself. */
  private static boolean isOpen(Arrival arrival) {
    boolean open = arrival.terms().callers().open();
    if (arrival.way() instanceof Way.Routed routed)
      return routed.route().host() == null
          && routed.route().webhook() == null
          && (open || !routed.route().keys());
    return open && arrival.way() == Way.Own.REQUEST;
  }

  /**
   * True with a field that only a browser adds, and that it does not add always; or with those that
   * each browser adds to every request, and that a page cannot take away (Fetch, 2.2.2 and 4.5):
   * Accept and Accept-Encoding, and Accept-Language unless it is a headless one, which a page
   * cannot give another User-Agent. Programs that send less, such as curl and those that use the
   * libraries of Go and Python, may use any name.
   */
  private static boolean mayBePage(Headers fields) {
    return fields.has("Origin")
        || fields.has("Referer")
        || fields.has("Sec-Fetch-Site")
        || (fields.has("Accept")
            && fields.has("Accept-Encoding")
            && (fields.has("Accept-Language") || isNamedAsBrowser(fields)));
  }

  private static boolean isNamedAsBrowser(Headers fields) {
    String agent = fields.first("User-Agent");
    return agent != null && Ascii.startsWithIgnoreCase(agent, "Mozilla/", 0);
  }
}
