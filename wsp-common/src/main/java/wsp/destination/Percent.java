package wsp.destination;

import java.util.HexFormat;
import wsp.text.Ascii;

/** Percent-escapes, read as strictly and as leniently as origins do. */
final class Percent {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /** The value of each character of ASCII as a hexadecimal digit; -1 for none. */
  private static final byte[] DIGITS = new byte[128];

  static {
    for (int c = 0; c < DIGITS.length; c++) DIGITS[c] = (byte) Ascii.hex(c);
  }

  private Percent() {}

  private static boolean isUnreserved(int c) {
    return Ascii.isLetterOrDigit(c) || c == '-' || c == '.' || c == '_' || c == '~';
  }

  /** The octet that an escape at this place stands for, or -1 where there is no escape. */
  static int octet(String s, int at) {
    if (at + 2 >= s.length() || s.charAt(at) != '%') return -1;
    int high = hex(s.charAt(at + 1));
    int low = hex(s.charAt(at + 2));
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  private static int hex(char c) {
    return c < DIGITS.length ? DIGITS[c] : -1;
  }

  /** Equivalent by RFC 3986 §6.2.2: needless escapes decoded, the others in upper case. */
  static String normalise(String s) {
    int i = s.indexOf('%');
    if (i < 0) return s;
    StringBuilder out = new StringBuilder(s.length()).append(s, 0, i);
    while (i < s.length()) {
      int octet = octet(s, i);
      if (octet < 0) {
        out.append(s.charAt(i++));
        continue;
      }
      if (isUnreserved(octet)) out.append((char) octet);
      else HEX.toHexDigits(out.append('%'), (byte) octet);
      i += 3;
    }
    return out.toString();
  }

  /** Every escape decoded, and what is no escape left alone. Octets in, octets out. */
  static String decode(String octets) {
    return decode(octets, "", false);
  }

  /** As {@link #decode}, but an escaped slash stays escaped. */
  static String decodeButSlashes(String octets) {
    return decode(octets, "/", false);
  }

  /**
   * As {@link #decode}, but what ends a part of a URL stays escaped, as with decodeURI of browsers.
   */
  static String decodeButDelimiters(String octets) {
    return decode(octets, "/?#;", false);
  }

  /** As {@link #decode}, and {@code %u} with four digits is the character of that number. */
  static String decodeUnicode(String octets) {
    return octets.contains("%u") || octets.contains("%U") ? decode(octets, "", true) : octets;
  }

  /**
   * A line feed stays escaped in any case: the dot of a pattern does not match one, and a rule must
   * not end there.
   */
  private static String decode(String octets, String kept, boolean unicode) {
    int i = octets.indexOf('%');
    if (i < 0) return octets;
    StringBuilder out = new StringBuilder(octets.length()).append(octets, 0, i);
    while (i < octets.length()) {
      int octet = octet(octets, i);
      int character = unicode && octet < 0 ? unicode(octets, i) : -1;
      if (character >= 0 && character != '\n') {
        out.append(Octets.of(String.valueOf((char) character)));
        i += 6;
      } else if (octet < 0 || octet == '\n' || kept.indexOf(octet) >= 0) {
        out.append(octets.charAt(i++));
      } else {
        out.append((char) octet);
        i += 3;
      }
    }
    return out.length() == octets.length() ? octets : out.toString();
  }

  /** The number of the character that {@code %uXXXX} at this place stands for, or -1. */
  private static int unicode(String s, int at) {
    if (at + 5 >= s.length() || s.charAt(at) != '%' || (s.charAt(at + 1) | 0x20) != 'u') return -1;
    int number = 0;
    for (int i = at + 2; i < at + 6; i++) {
      int digit = hex(s.charAt(i));
      if (digit < 0) return -1;
      number = number << 4 | digit;
    }
    return number;
  }
}
