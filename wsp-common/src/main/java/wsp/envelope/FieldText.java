package wsp.envelope;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Any bytes of a field's value as text, and back (RFC 9110 §5.5). UTF-8 is the text that it is. A
 * byte that is no part of valid UTF-8, as those of Latin-1, is the lone surrogate U+DC00 plus the
 * byte, from U+DC80 to U+DCFF: no valid text has one, and in JSON it is an escape of ASCII. There
 * is one text for any bytes, and {@link #isCanonical} is true of no other: what is judged in one
 * spelling cannot be sent in another. Such a surrogate stands for bytes from 0x80 alone, never for
 * a control character. Stateless; safe for all threads.
 */
public final class FieldText {
  private static final char ESCAPE = 0xdc00;

  private FieldText() {}

  public static String of(byte[] bytes, int from, int to) {
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    // A replacement character: of Java, for what is malformed, or perhaps one that was sent.
    return text.indexOf('\ufffd') < 0 ? text : withEscapes(bytes, from, to);
  }

  private static String withEscapes(byte[] bytes, int from, int to) {
    StringBuilder out = new StringBuilder(to - from);
    int valid = from;
    for (int i = from; i < to; ) {
      int length = sequence(bytes, i, to);
      if (length > 0) {
        i += length;
        continue;
      }
      out.append(new String(bytes, valid, i - valid, StandardCharsets.UTF_8));
      out.append((char) (ESCAPE | (bytes[i] & 0xff)));
      valid = ++i;
    }
    return out.append(new String(bytes, valid, to - valid, StandardCharsets.UTF_8)).toString();
  }

  /** How many bytes the character here has in UTF-8; 0 where there is none (RFC 3629 §4). */
  private static int sequence(byte[] bytes, int at, int to) {
    int first = bytes[at] & 0xff;
    if (first < 0x80) return 1;
    int length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    if (length == 0 || at + length > to) return 0;
    int second = bytes[at + 1] & 0xff;
    int least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    int most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (second < least || second > most) return 0;
    for (int i = 2; i < length; i++) if ((bytes[at + i] & 0xc0) != 0x80) return 0;
    return length;
  }

  public static byte[] bytes(String text) {
    int escape = nextEscape(text, 0);
    if (escape < 0) return text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() + 16);
    int from = 0;
    for (; escape >= 0; escape = nextEscape(text, from)) {
      out.writeBytes(text.substring(from, escape).getBytes(StandardCharsets.UTF_8));
      out.write(text.charAt(escape) & 0xff);
      from = escape + 1;
    }
    out.writeBytes(text.substring(from).getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  /** True if some of it is no Unicode, but bytes that are not UTF-8. */
  public static boolean hasBytes(String text) {
    return nextEscape(text, 0) >= 0;
  }

  /**
   * True unless it has half a surrogate pair that stands for no byte, or bytes written as such that
   * are valid UTF-8 together.
   */
  static boolean isCanonical(String text) {
    byte[] bytes = bytes(text);
    return of(bytes, 0, bytes.length).equals(text);
  }

  /** The same bytes as an origin reads them that takes them for Latin-1. */
  public static String asLatin1(String text) {
    return new String(bytes(text), StandardCharsets.ISO_8859_1);
  }

  private static int nextEscape(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0xd800 || c > 0xdfff) continue;
      if (isEscape(text, i)) return i;
      // The second half of a pair is not to be looked at by itself.
      if (isPair(text, i)) i++;
    }
    return -1;
  }

  /** True for a lone surrogate that stands for a byte; the place is not within a pair. */
  static boolean isEscape(String text, int at) {
    char c = text.charAt(at);
    return c >= 0xdc80 && c <= 0xdcff;
  }

  private static boolean isPair(String text, int at) {
    return at + 1 < text.length()
        && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1));
  }
}
