package wsp.envelope;

import org.jspecify.annotations.Nullable;
import wsp.text.Ascii;

/**
 * The pieces of JSON that a plain envelope is made of, one after the other. Nothing is passed over:
 * what is not taken is what comes next. For one thread.
 */
final class PlainText {
  /** Instead of an integer. */
  static final long REFUSED = -2;

  private static final int END = -1;

  /**
   * Characters that stand for themselves in a text: printable ASCII but the quote and the
   * backslash.
   */
  private static final boolean[] PLAIN = new boolean[128];

  static {
    for (char c = ' '; c <= '~'; c++) PLAIN[c] = c != '"' && c != '\\';
  }

  private final String json;
  private int at;

  PlainText(String json) {
    this.json = json;
  }

  boolean isAtEnd() {
    return at == json.length();
  }

  int second() {
    return charAt(at + 1);
  }

  boolean take(char c) {
    if (charAt(at) != c) return false;
    at++;
    return true;
  }

  boolean take(String s) {
    if (!json.startsWith(s, at)) return false;
    at += s.length();
    return true;
  }

  /** The token of {@code "token":[}, as it is defined, or null. */
  @Nullable String nameOfArray() {
    int from = at + 1;
    int end = json.indexOf('"', from);
    if (end <= from || charAt(at) != '"' || !json.startsWith("\":[", end)) return null;
    at = end + 3;
    String usual = UsualNames.defined(json, from, end);
    if (usual != null) return usual;
    for (int i = from; i < end; i++) {
      if (!FieldSyntax.isTokenChar(json.charAt(i))) return null;
    }
    return json.substring(from, end);
  }

  /** A text in quotes, or null if it is none or has anything but printable ASCII. */
  @Nullable String text() {
    if (charAt(at) != '"') return null;
    int from = at + 1;
    int end = from;
    while (end < json.length() && isPlain(json.charAt(end))) end++;
    int c = charAt(end);
    if (c == '\\') return withEscapes(from, end);
    if (c != '"') return null;
    at = end + 1;
    return json.substring(from, end);
  }

  /** True for a text that stands for itself between quotes. */
  static boolean isPlain(String s) {
    for (int i = 0; i < s.length(); i++) if (!isPlain(s.charAt(i))) return false;
    return true;
  }

  private static boolean isPlain(int c) {
    return c >= 0 && c < 128 && PLAIN[c];
  }

  /** As an entity tag has them, and as Go writes the ampersand of a query. */
  private @Nullable String withEscapes(int from, int firstEscape) {
    StringBuilder out = new StringBuilder(firstEscape - from + 32).append(json, from, firstEscape);
    at = firstEscape;
    while (!take('"')) {
      int c = charAt(at++);
      if (c == '\\') c = escaped();
      else if (!isPlain(c)) return null;
      if (c < 0) return null;
      out.append((char) c);
    }
    return out.toString();
  }

  /** The character behind a backslash, if that is printable ASCII. */
  private int escaped() {
    int c = charAt(at++);
    if (c == '"' || c == '\\' || c == '/') return c;
    if (c != 'u' || !take("00")) return END;
    int code = Ascii.hex(charAt(at)) << 4 | Ascii.hex(charAt(at + 1));
    at += 2;
    return code >= ' ' && code <= '~' ? code : END;
  }

  /** An integer without a sign and of no more digits than that, or {@link #REFUSED}. */
  long integer(int maxDigits) {
    int from = at;
    long n = 0;
    for (int c = charAt(at); c >= '0' && c <= '9'; c = charAt(++at)) {
      if (at - from == maxDigits) return REFUSED;
      n = n * 10 + (c - '0');
    }
    boolean leadingZero = at - from > 1 && json.charAt(from) == '0';
    return at == from || leadingZero ? REFUSED : n;
  }

  private int charAt(int i) {
    return i < json.length() ? json.charAt(i) : END;
  }
}
