package wsp.destination;

import java.nio.charset.StandardCharsets;
import wsp.text.Ascii;

/** Texts of octets, a character from 0 to 255 for each, and what origins make of those of UTF-8. */
final class Octets {
  private Octets() {}

  static String of(String text) {
    if (Ascii.isAll(text)) return text;
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** Octets read as UTF-8; what is none is U+FFFD. */
  static String asUtf8(String octets) {
    if (Ascii.isAll(octets)) return octets;
    return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /** With characters of ASCII that take two, three or four octets in one, as they should be. */
  static String withoutOverlong(String octets) {
    if (Ascii.isAll(octets)) return octets;
    StringBuilder out = new StringBuilder(octets.length());
    int i = 0;
    while (i < octets.length()) {
      int length = overlong(octets, i);
      if (length == 0) {
        out.append(octets.charAt(i++));
        continue;
      }
      int high = octets.charAt(i + length - 2) & (length == 2 ? 0x1f : 0x3f);
      out.append((char) (high << 6 | (octets.charAt(i + length - 1) & 0x3f)));
      i += length;
    }
    return out.length() == octets.length() ? octets : out.toString();
  }

  /** How many octets there take the place of one of ASCII; 0 for none. */
  private static int overlong(String octets, int at) {
    int first = octets.charAt(at);
    if (first == 0xc0 || first == 0xc1) return areContinued(octets, at + 1, 1) ? 2 : 0;
    int length = first == 0xe0 ? 3 : first == 0xf0 ? 4 : 0;
    if (length == 0 || !areContinued(octets, at + 1, length - 1)) return 0;
    for (int i = 1; i < length - 2; i++) if (octets.charAt(at + i) != 0x80) return 0;
    return (octets.charAt(at + length - 2) & 0xfe) == 0x80 ? length : 0;
  }

  private static boolean areContinued(String octets, int at, int count) {
    if (at + count > octets.length()) return false;
    for (int i = at; i < at + count; i++) if ((octets.charAt(i) & 0xc0) != 0x80) return false;
    return true;
  }

  /** With {@code U+FF01} to {@code U+FF5E} as the characters from 0x21 to 0x7e. */
  static String narrow(String octets) {
    int at = octets.indexOf(0xef);
    if (at < 0) return octets;
    StringBuilder out = new StringBuilder(octets.length());
    for (int i = 0; i < octets.length(); i++) {
      int wide = octets.charAt(i) == 0xef && areContinued(octets, i + 1, 2) ? wide(octets, i) : 0;
      if (wide >= 0xff01 && wide <= 0xff5e) {
        out.append((char) (wide - 0xff01 + 0x21));
        i += 2;
      } else {
        out.append(octets.charAt(i));
      }
    }
    return out.length() == octets.length() ? octets : out.toString();
  }

  private static int wide(String octets, int at) {
    return 0xf000 | (octets.charAt(at + 1) & 0x3f) << 6 | (octets.charAt(at + 2) & 0x3f);
  }
}
