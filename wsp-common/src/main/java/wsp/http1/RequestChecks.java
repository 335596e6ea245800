package wsp.http1;

import static wsp.http1.MessageException.bad;

import java.util.List;
import wsp.envelope.Headers;
import wsp.text.Ascii;

/**
 * Checks that the lines of a request's head fit each other (RFC 9112 §2.3, §3.2). Words of the
 * protocol are ASCII here, and a head that two parsers could read in two ways is refused.
 * Stateless.
 */
final class RequestChecks {
  private static final boolean[] NOT_IN_HOST = new boolean[0x7f];

  static {
    for (char c = 0; c <= ' '; c++) NOT_IN_HOST[c] = true;
    for (char c : "/\\@?#,\"<>{}|^`".toCharArray()) NOT_IN_HOST[c] = true;
  }

  private RequestChecks() {}

  /** One field Host, a host and perhaps a port in it; only HTTP/1.0 may have none. */
  static void host(Headers headers, boolean http11) throws MessageException {
    List<String> hosts = headers.all("Host");
    if (hosts.size() > 1) throw bad("Host is repeated");
    if (hosts.isEmpty()) {
      if (http11) throw bad("Host is missing");
      return;
    }
    String host = hosts.get(0);
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c >= 0x7f || NOT_IN_HOST[c]) throw bad("Host is not a host");
    }
    // The colons of an IPv6 address stand in brackets.
    int colon = host.indexOf(':', host.lastIndexOf(']') + 1);
    for (int i = colon + 1; colon >= 0 && i < host.length(); i++) {
      if (!Ascii.isDigit(host.charAt(i))) throw bad("Host has no valid port");
    }
  }

  /** A host and a port, in the place of a URL (RFC 9112 §3.2.3). */
  static void authority(String target) throws MessageException {
    int colon = target.lastIndexOf(':');
    boolean port = colon > 0 && Ascii.number(target.substring(colon + 1), 5) > 0;
    for (int i = 0; port && i < colon; i++) port = !NOT_IN_HOST[target.charAt(i)];
    if (!port) throw bad("the target of a CONNECT is a host, a colon and a port");
  }

  /** There is one that can be met (RFC 9110 §10.1.1). */
  static void expectation(Headers headers) throws MessageException {
    for (String expectation : headers.elements("Expect")) {
      if (!Ascii.equalsIgnoreCase(expectation, "100-continue"))
        throw new MessageException(417, "the only expectation that can be met is 100-continue");
    }
  }

  /** One number without zeros before it, for the methods that it counts for (RFC 9110 §7.6.2). */
  static void maxForwards(String method, Headers headers) throws MessageException {
    if (!method.equals("TRACE") && !method.equals("OPTIONS")) return;
    List<String> fields = headers.all("Max-Forwards");
    if (fields.isEmpty()) return;
    String left = fields.get(0);
    boolean zeros = left.length() > 1 && left.startsWith("0");
    if (fields.size() > 1 || zeros || Ascii.number(left, Framing.MAX_LENGTH_DIGITS) < 0)
      throw bad("Max-Forwards is not one number");
  }
}
