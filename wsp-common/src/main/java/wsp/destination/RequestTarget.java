package wsp.destination;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import wsp.text.Ascii;

/**
 * Path and query as they may stand on a request line. Nothing that is legal there is touched; the
 * rest is percent-encoded as UTF-8 (RFC 3986 §2.1, §3.3, §3.4).
 */
final class RequestTarget {
  private static final boolean[] PATH = legal("-._~!$&'()*+,;=:@/");
  private static final boolean[] QUERY = legal("-._~!$&'()*+,;=:@/?");
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private RequestTarget() {}

  private static boolean[] legal(String marks) {
    boolean[] legal = new boolean[128];
    for (char c = 0; c < 128; c++) legal[c] = Ascii.isLetterOrDigit(c) || marks.indexOf(c) >= 0;
    return legal;
  }

  /** The path; an empty one is the root. Its escapes have to be whole. */
  static String path(String raw) throws InvalidDestinationException {
    boolean legal = true;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c != '%') {
        legal &= c < 128 && PATH[c];
      } else {
        if (Percent.octet(raw, i) < 0)
          throw new InvalidDestinationException("'%' and two hexadecimal digits are expected");
        i += 2;
      }
    }
    if (raw.isEmpty()) return "/";
    return legal ? raw : encode(raw, PATH);
  }

  /** The query; a percent sign stays what it is, since many origins take it for itself. */
  static String query(String raw) {
    return encode(raw, QUERY);
  }

  private static String encode(String raw, boolean[] legal) {
    int i = 0;
    while (i < raw.length() && isLegal(raw.charAt(i), legal)) i++;
    if (i == raw.length()) return raw;
    StringBuilder out = new StringBuilder(raw.length() + 32).append(raw, 0, i);
    while (i < raw.length()) {
      int c = raw.codePointAt(i);
      if (isLegal(c, legal)) out.append((char) c);
      else escape(out, c);
      i += Character.charCount(c);
    }
    return out.toString();
  }

  private static boolean isLegal(int c, boolean[] legal) {
    return c == '%' || (c < 128 && legal[c]);
  }

  private static void escape(StringBuilder out, int c) {
    for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8))
      HEX.toHexDigits(out.append('%'), b);
  }
}
