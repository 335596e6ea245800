package wsp.server.forward;

import java.util.List;
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
  /** How programs and libraries call themselves that send Accept and Accept-Encoding. */
  private static final List<String> PROGRAMS =
      List.of(
          "curl/",
          "Wget/",
          "python-",
          "Python/",
          "axios/",
          "got ",
          "node-fetch",
          "okhttp/",
          "Java",
          "Apache-HttpClient/",
          "Go-http-client/",
          "Ruby",
          "Guzzle",
          "PostmanRuntime/",
          "HTTPie/");

  private PageCheck() {}

  /** Why a request is refused; null for nearly all. */
  static @Nullable ProxyError refusal(Arrival arrival) {
    Terms terms = arrival.terms();
    RequestHead head = arrival.caller().head();
    Headers fields = head.headers();
    boolean foreign = !terms.names().has(fields.first("Host")) && mayBePage(fields);
    boolean socket = fields.has("Origin") && Upgrades.of(head, terms.entrances()) != null;
    if ((!foreign && !socket) || !isOpen(arrival)) return null;
    if (terms.forwarding().trusts(arrival.caller().remote().address())) return null;
    // A route's own host is known by name, so no page has it for its own; any may ask for it.
    if (foreign && !hasHost(arrival)) return ProxyError.FOREIGN_HOST;
    return socket && isOfAnotherSite(fields, terms.names()) ? ProxyError.FOREIGN_PAGE : null;
  }

  private static boolean isOfAnotherSite(Headers fields, LocalNames names) {
    for (String page : fields.all("Origin"))
      if (!isOwn(page, fields.first("Host"), names)) return true;
    return false;
  }

  /** True for a page of the host that it asks, on any port, or of another place on this machine. */
  private static boolean isOwn(String page, @Nullable String host, LocalNames names) {
    int place = page.indexOf("://");
    if (place < 0) return false;
    String name = LocalNames.named(page.substring(place + 3));
    return names.isOwn(name) || (host != null && name.equals(LocalNames.named(host)));
  }

  /** To a forward proxy no page sends anything by itself. */
  private static boolean isOpen(Arrival arrival) {
    boolean open = arrival.terms().callers().open();
    if (arrival.way() instanceof Way.Routed routed)
      return routed.route().webhook() == null && (open || !routed.route().keys());
    return open && arrival.way() == Way.Own.REQUEST;
  }

  private static boolean hasHost(Arrival arrival) {
    return arrival.way() instanceof Way.Routed routed && routed.route().host() != null;
  }

  /**
   * True with a field that only a browser adds, and that it does not add always; or with those that
   * each browser adds to every request, and that a page cannot take away (Fetch, 2.2.2 and 4.5):
   * Accept and Accept-Encoding, and Accept-Language unless it is a headless one. Programs that send
   * less, such as curl and those that use Go, may use any name, and so may those that send no more
   * and say who they are: a page can do that in Firefox alone, which always sends Accept-Language.
   */
  private static boolean mayBePage(Headers fields) {
    return fields.has("Origin")
        || fields.has("Referer")
        || fields.has("Sec-Fetch-Site")
        || (fields.has("Accept")
            && fields.has("Accept-Encoding")
            && (fields.has("Accept-Language") || !isNamedAsProgram(fields)));
  }

  private static boolean isNamedAsProgram(Headers fields) {
    String agent = fields.first("User-Agent");
    if (agent == null) return false;
    for (String program : PROGRAMS) if (Ascii.startsWithIgnoreCase(agent, program, 0)) return true;
    return false;
  }
}
