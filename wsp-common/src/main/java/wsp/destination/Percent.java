package wsp.destination;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Percent-escapes, read as strictly and as leniently as origins do. */
final class Percent {
  private Percent() {}

  static boolean isLetterOrDigit(int c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  private static boolean isUnreserved(int c) {
    return isLetterOrDigit(c) || c == '-' || c == '.' || c == '_' || c == '~';
  }

  /** The octet that an escape at this place stands for, or -1 where there is no escape. */
  static int octet(String s, int at) {
    if (at + 2 >= s.length() || s.charAt(at) != '%') return -1;
    int high = hex(s.charAt(at + 1));
    int low = hex(s.charAt(at + 2));
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  private static int hex(char c) {
    return c > 0x7f ? -1 : Character.digit(c, 16);
  }

  /** Equivalent by RFC 3986 §6.2.2: needless escapes decoded, the others in upper case. */
  static String normalise(String s) {
    if (s.indexOf('%') < 0) return s;
    StringBuilder out = new StringBuilder(s.length());
    for (int i = 0; i < s.length(); i++) {
      int octet = octet(s, i);
      if (octet < 0) {
        out.append(s.charAt(i));
      } else {
        if (isUnreserved(octet)) out.append((char) octet);
        else out.append(s.substring(i, i + 3).toUpperCase(Locale.ROOT));
        i += 2;
      }
    }
    return out.toString();
  }

  /**
   * Every escape decoded, overlong ones of two octets too, and what is no escape left alone. A line
   * feed stays escaped: the dot of a pattern does not match one, and a rule must not end there.
   */
  static String decode(String s) {
    if (s.indexOf('%') < 0) return s;
    byte[] in = s.getBytes(StandardCharsets.UTF_8);
    String octets = new String(in, StandardCharsets.ISO_8859_1);
    byte[] out = new byte[in.length];
    int n = 0;
    for (int i = 0; i < in.length; i++) {
      int octet = octet(octets, i);
      if (octet < 0 || octet == '\n') {
        out[n++] = in[i];
        continue;
      }
      i += 2;
      out[n++] = (byte) octet;
      if (n > 1 && isOverlong(out[n - 2], out[n - 1])) {
        out[n - 2] = (byte) ((out[n - 2] & 1) << 6 | (out[n - 1] & 0x3f));
        n--;
      }
    }
    return new String(out, 0, n, StandardCharsets.UTF_8);
  }

  private static boolean isOverlong(byte first, byte second) {
    return (first & 0xfe) == 0xc0 && (second & 0xc0) == 0x80;
  }
}
