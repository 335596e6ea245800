package wsp.server.forward;

import wsp.envelope.Headers;

/**
 * Finds requests that a web page may have sent whose own name has been made to resolve to this
 * machine (DNS rebinding): its browser takes them for requests to the page's own server, so that
 * the page may add any field and read the answer. Only where nothing but a place on this machine
 * lets a request in: on a port on loopback, without a key or a signature, and not from a proxy that
 * is trusted. Stateless.
 */
final class PageCheck {
  private PageCheck() {}

  static boolean isForeign(Arrival arrival) {
    Headers fields = arrival.caller().head().headers();
    return !arrival.terms().names().has(fields.first("Host"))
        && isOpen(arrival)
        && mayBePage(fields)
        && !arrival.terms().forwarding().trusts(arrival.caller().remote().address());
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
   * each browser adds to every request, and that a page cannot take away (Fetch, 2.2.2 and 4.5).
   * Programs that send less, such as curl and those that use the libraries of Go and Python, may
   * use any name.
   */
  private static boolean mayBePage(Headers fields) {
    return fields.has("Origin")
        || fields.has("Referer")
        || fields.has("Sec-Fetch-Site")
        || (fields.has("Accept") && fields.has("Accept-Encoding") && fields.has("Accept-Language"));
  }
}
