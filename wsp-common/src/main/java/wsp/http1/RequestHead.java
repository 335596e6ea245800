package wsp.http1;

import static wsp.http1.MessageException.bad;

import java.util.List;
import wsp.envelope.FieldSyntax;
import wsp.envelope.Headers;
import wsp.text.Ascii;

/**
 * The head of a request, checked (RFC 9112 §3 to §6).
 *
 * @param method a token
 * @param target as it was sent
 * @param path the path of the target, without its query; empty for a CONNECT
 * @param http11 false for HTTP/1.0
 * @param headers every field in wire order
 * @param contentLength bytes of the body; 0 none, {@link BodyReader#CHUNKED} in chunks
 */
public record RequestHead(
    String method,
    String target,
    String path,
    boolean http11,
    Headers headers,
    long contentLength) {
  private static final String CONNECT = "CONNECT";
  private static final boolean[] NOT_IN_HOST = new boolean[0x7f];

  static {
    for (char c = 0; c <= ' '; c++) NOT_IN_HOST[c] = true;
    for (char c : "/\\@?#,\"<>{}|^`".toCharArray()) NOT_IN_HOST[c] = true;
  }

  static RequestHead parse(Lexer lines, int maxFields) throws MessageException {
    lines.next();
    String method = lines.word();
    String target = lines.word();
    if (method == null || target == null)
      throw bad("the request line is not METHOD TARGET VERSION");
    if (!FieldSyntax.isToken(method)) throw bad("the method is not a token");
    checkTarget(target);
    boolean http11 = isHttp11(lines);
    Headers headers = lines.fields(maxFields);
    host(headers, http11);
    Framing.options(headers);
    long length = Framing.ofRequest(headers, http11);
    expectation(headers);
    maxForwards(method, headers);
    if (length != 0 && method.equals("TRACE")) throw bad("a TRACE has no body");
    if (length != 0 && method.equals(CONNECT)) throw bad("a CONNECT has no body");
    return new RequestHead(method, target, path(method, target), http11, headers, length);
  }

  /**
   * True for HTTP/1.1, and for any later minor version, which is read as the highest that is known
   * (RFC 9110 §2.5); false for HTTP/1.0.
   */
  private static boolean isHttp11(Lexer lines) throws MessageException {
    int major = lines.takes("HTTP/") ? lines.number(1) : -1;
    int minor = lines.takes(".") ? lines.number(1) : -1;
    if (major < 0 || minor < 0 || !lines.atEnd())
      throw bad("the version is not HTTP/ and two digits");
    if (major != 1) throw new MessageException(505, "the version is neither HTTP/1.1 nor HTTP/1.0");
    return minor != 0;
  }

  private static void checkTarget(String target) throws MessageException {
    if (target.isEmpty()) throw bad("the request target is empty");
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c <= ' ' || c >= 0x7f)
        throw bad("the request target has a character that must be encoded");
    }
  }

  /**
   * The path of an origin-form or absolute-form target, {@code *} where that is asked for, or
   * nothing of a host and a port (RFC 9112 §3.2).
   */
  private static String path(String method, String target) throws MessageException {
    if (target.equals("*") && method.equals("OPTIONS")) return target;
    if (method.equals(CONNECT)) {
      authority(target);
      return "";
    }
    int from = authorityEnd(target);
    int query = target.indexOf('?', from);
    String path = target.substring(from, query < 0 ? target.length() : query);
    return path.isEmpty() ? "/" : path;
  }

  /** Where the path begins: behind scheme and authority, if there are such. */
  private static int authorityEnd(String target) throws MessageException {
    if (target.startsWith("/")) return 0;
    int from = schemeEnd(target);
    int end = from;
    while (end >= 0 && end < target.length() && "/?#".indexOf(target.charAt(end)) < 0) end++;
    if (from < 0 || end == from) throw bad("the request target is neither a path nor a URL");
    return end;
  }

  private static int schemeEnd(String target) {
    if (Ascii.startsWithIgnoreCase(target, "http://")) return 7;
    return Ascii.startsWithIgnoreCase(target, "https://") ? 8 : -1;
  }

  public enum Form {
    ORIGIN,
    ABSOLUTE,
    AUTHORITY,
    ASTERISK
  }

  public Form form() {
    if (target.charAt(0) == '/') return Form.ORIGIN;
    if (method.equals(CONNECT)) return Form.AUTHORITY;
    return target.equals("*") ? Form.ASTERISK : Form.ABSOLUTE;
  }

  /** The query of the target with its question mark, as sent; or empty. */
  public String query() {
    int mark = target.indexOf('?');
    return mark < 0 ? "" : target.substring(mark);
  }

  public boolean hasBody() {
    return contentLength != 0;
  }

  /** True if the caller waits for a 100 before it sends the body (RFC 9110 §10.1.1). */
  public boolean expectsContinue() {
    return http11 && hasBody() && !headers.elements("Expect").isEmpty();
  }

  /** True if the caller's connection may serve another request. */
  public boolean keepAlive() {
    return Framing.keepsAlive(headers, http11);
  }

  /** One field Host, a host and perhaps a port in it; only HTTP/1.0 may have none. */
  private static void host(Headers headers, boolean http11) throws MessageException {
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
  private static void authority(String target) throws MessageException {
    int colon = target.lastIndexOf(':');
    boolean port = colon > 0 && Ascii.number(target.substring(colon + 1), 5) > 0;
    for (int i = 0; port && i < colon; i++) port = !NOT_IN_HOST[target.charAt(i)];
    if (!port) throw bad("the target of a CONNECT is a host, a colon and a port");
  }

  /** There is one that can be met (RFC 9110 §10.1.1). */
  private static void expectation(Headers headers) throws MessageException {
    for (String expectation : headers.elements("Expect")) {
      if (!Ascii.equalsIgnoreCase(expectation, "100-continue"))
        throw new MessageException(417, "the only expectation that can be met is 100-continue");
    }
  }

  /** One number without zeros before it, for the methods that it counts for (RFC 9110 §7.6.2). */
  private static void maxForwards(String method, Headers headers) throws MessageException {
    if (!method.equals("TRACE") && !method.equals("OPTIONS")) return;
    List<String> fields = headers.all("Max-Forwards");
    if (fields.isEmpty()) return;
    String left = fields.get(0);
    boolean zeros = left.length() > 1 && left.startsWith("0");
    if (fields.size() > 1 || zeros || Ascii.number(left, Framing.MAX_LENGTH_DIGITS) < 0)
      throw bad("Max-Forwards is not one number");
  }
}
