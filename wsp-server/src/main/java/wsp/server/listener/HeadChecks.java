package wsp.server.listener;

import java.util.List;
import wsp.envelope.FieldSyntax;
import wsp.envelope.Headers;
import wsp.text.Ascii;

/**
 * What the lines of a request's head must say together (RFC 9112 §2.3, §3.2, §6). Words of the
 * protocol are ASCII here, and what two parsers could read in two ways is refused. Stateless.
 */
final class HeadChecks {
  private static final String CHUNKED = "chunked";
  private static final int MAX_LENGTH_DIGITS = 18;
  private static final boolean[] NOT_IN_HOST = new boolean[0x7f];

  static {
    for (char c = 0; c <= ' '; c++) NOT_IN_HOST[c] = true;
    for (char c : "/\\@?#,\"<>{}|^`".toCharArray()) NOT_IN_HOST[c] = true;
  }

  private HeadChecks() {}

  /**
   * True for HTTP/1.1, and for any later minor version, which is read as the highest that is known
   * (RFC 9110 §2.5); false for HTTP/1.0.
   */
  static boolean isHttp11(String version) throws BadRequestException {
    if (version.equals("HTTP/1.1")) return true;
    boolean valid =
        version.length() == 8
            && version.startsWith("HTTP/")
            && Ascii.isDigit(version.charAt(5))
            && version.charAt(6) == '.'
            && Ascii.isDigit(version.charAt(7));
    if (!valid) throw bad("the version is not HTTP/ and two digits");
    if (version.charAt(5) != '1')
      throw new BadRequestException(505, "the version is neither HTTP/1.1 nor HTTP/1.0");
    return version.charAt(7) != '0';
  }

  /** One field Host, a host and perhaps a port in it; only HTTP/1.0 may have none. */
  static void host(Headers headers, boolean http11) throws BadRequestException {
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

  /** How long the body is, -1 for chunks (RFC 9112 §6.3). */
  static long contentLength(Headers headers, boolean http11) throws BadRequestException {
    List<String> lengths = headers.all("Content-Length");
    List<String> codings = headers.all("Transfer-Encoding");
    if (lengths.size() > 1) throw bad("Content-Length is repeated");
    if (codings.isEmpty()) return lengths.isEmpty() ? 0 : length(lengths.get(0));
    if (!lengths.isEmpty()) throw bad("Content-Length and Transfer-Encoding exclude each other");
    if (!http11) throw bad("HTTP/1.0 has no Transfer-Encoding");
    if (codings.size() > 1) throw bad("Transfer-Encoding is repeated");
    if (!Ascii.equalsIgnoreCase(codings.get(0), CHUNKED)) refuse(codings.get(0));
    return -1;
  }

  /**
   * Without chunks at the end nobody can tell where the request ends, whatever the codings are;
   * with them, it is only a coding that this server does not have.
   */
  private static void refuse(String codings) throws BadRequestException {
    String[] names = codings.split(",", -1);
    int chunked = 0;
    for (int i = 0; i < names.length; i++) {
      names[i] = name(Ascii.trim(names[i]));
      if (!FieldSyntax.isToken(names[i])) throw bad("Transfer-Encoding is not a list of codings");
      if (isChunked(names[i])) chunked++;
    }
    if (!isChunked(names[names.length - 1]))
      throw bad("the last transfer coding is not chunked, so that the request has no end");
    if (chunked > 1) throw bad("Transfer-Encoding is chunked twice");
    throw new BadRequestException(501, "only the transfer coding chunked is supported");
  }

  /** That of a coding without its parameters, of which chunked has none (RFC 9112 §7.1). */
  private static String name(String coding) {
    int semicolon = coding.indexOf(';');
    if (semicolon < 0) return coding;
    String name = Ascii.trim(coding.substring(0, semicolon));
    return isChunked(name) ? coding : name;
  }

  private static boolean isChunked(String name) {
    return Ascii.equalsIgnoreCase(name, CHUNKED);
  }

  private static long length(String value) throws BadRequestException {
    long length = Ascii.number(value, MAX_LENGTH_DIGITS);
    if (length < 0) throw bad("Content-Length is not a length");
    return length;
  }

  /** There is one that can be met (RFC 9110 §10.1.1). */
  static void expectation(Headers headers) throws BadRequestException {
    for (String expectation : headers.all("Expect")) {
      if (!Ascii.equalsIgnoreCase(expectation, "100-continue")) {
        throw new BadRequestException(417, "the only expectation that can be met is 100-continue");
      }
    }
  }

  /** One number without zeros before it, for the methods that it counts for (RFC 9110 §7.6.2). */
  static void maxForwards(String method, Headers headers) throws BadRequestException {
    if (!method.equals("TRACE") && !method.equals("OPTIONS")) return;
    List<String> fields = headers.all("Max-Forwards");
    if (fields.isEmpty()) return;
    String left = fields.get(0);
    boolean zeros = left.length() > 1 && left.startsWith("0");
    if (fields.size() > 1 || zeros || Ascii.number(left, MAX_LENGTH_DIGITS) < 0)
      throw bad("Max-Forwards is not one number");
  }

  private static BadRequestException bad(String message) {
    return new BadRequestException(400, message);
  }
}
