package wsp.http1;

import static wsp.http1.MessageException.bad;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import wsp.envelope.FieldSyntax;
import wsp.envelope.FieldText;
import wsp.envelope.Headers;
import wsp.text.Ascii;

/**
 * The lines of a head that is whole, one after the other, and the words of each: the only place
 * where bytes of a head become text. For one head and one thread.
 */
final class Lexer {
  private final byte[] bytes;
  private final Policy policy;
  private int start;
  private int end;
  private int following;

  /**
   * @param bytes the head, with the empty line that ends it and in which every CR has its LF
   */
  Lexer(byte[] bytes, Policy policy) {
    this.bytes = bytes;
    this.policy = policy;
  }

  /** Goes to the next line; false for the empty one that ends the head. */
  boolean next() {
    start = following;
    int lf = start;
    while (bytes[lf] != '\n') lf++;
    following = lf + 1;
    end = lf > start && bytes[lf - 1] == '\r' ? lf - 1 : lf;
    return end > start;
  }

  /** Takes the line up to the next space, and the space; null where there is none. */
  @Nullable String word() {
    int space = indexOf(' ');
    if (space < 0) return null;
    String word = ascii(start, space);
    start = space + 1;
    return word;
  }

  /** Takes these characters, if they are next in the line. */
  boolean takes(String expected) {
    int length = expected.length();
    if (end - start < length) return false;
    for (int i = 0; i < length; i++) if (bytes[start + i] != expected.charAt(i)) return false;
    start += length;
    return true;
  }

  /** Takes a number of so many digits; -1 if those are not next in the line. */
  int number(int digits) {
    if (end - start < digits) return -1;
    int n = 0;
    for (int i = start; i < start + digits; i++) {
      if (!Ascii.isDigit(bytes[i])) return -1;
      n = n * 10 + bytes[i] - '0';
    }
    start += digits;
    return n;
  }

  boolean atEnd() {
    return start == end;
  }

  /** The fields, to the end of the head. */
  Headers fields(int maxFields) throws MessageException {
    Headers.Builder fields = new Headers.Builder();
    while (next()) {
      if (fields.size() == maxFields)
        throw new MessageException(
            MessageException.TOO_LARGE,
            "the " + policy.message + " has over " + maxFields + " fields");
      if (Ascii.isBlank(bytes[start])) throw bad("a field line is folded");
      int colon = indexOf(':');
      if (colon < 0) throw bad("a field line has no colon");
      int nameEnd = colon;
      while (policy.lenient && nameEnd > start && Ascii.isBlank(bytes[nameEnd - 1])) nameEnd--;
      String name = FieldSyntax.name(bytes, start, nameEnd);
      if (name == null) throw bad("a field name is not a token");
      fields.add(name, value(colon + 1));
    }
    return fields.build();
  }

  private String value(int from) throws MessageException {
    int first = from;
    int last = end;
    while (first < last && Ascii.isBlank(bytes[first])) first++;
    while (last > first && Ascii.isBlank(bytes[last - 1])) last--;
    boolean ascii = true;
    for (int i = first; i < last; i++) {
      if (isControl(bytes[i])) throw bad("a field value has a control character");
      ascii &= bytes[i] >= 0;
    }
    return ascii ? ascii(first, last) : FieldText.of(bytes, first, last);
  }

  /** True for a byte that may stand in no field and no chunk extension: the tab may (§5.5). */
  static boolean isControl(byte b) {
    return (b >= 0 && b < ' ' && b != '\t') || b == 0x7f;
  }

  /** Refuses what may not stand in the framing of a chunk; the bytes count this one. */
  static void checkChunkText(byte b, int bytes, int limit) throws MessageException {
    if (isControl(b)) throw bad("a control character stands in the framing of a chunk");
    checkLength(bytes, limit);
  }

  /** Refuses another byte than the one that ends a line of the framing of a chunk. */
  static void checkLineEnd(byte b, char expected) throws MessageException {
    if (b != expected) throw bad("a chunk does not end with CRLF");
  }

  /** Refuses a line of a chunk's size, or a trailer, that is too long. */
  static void checkLength(int bytes, int limit) throws MessageException {
    if (bytes > limit) throw bad("a chunk size line or the trailer is over " + limit + " bytes");
  }

  private int indexOf(char c) {
    for (int i = start; i < end; i++) if (bytes[i] == c) return i;
    return -1;
  }

  /** One character for each byte, of any value. */
  private String ascii(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
