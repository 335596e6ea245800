package wsp.envelope;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import wsp.text.Ascii;

/**
 * The syntax of HTTP field names and values (RFC 9110 §5.1, §5.5, §5.6.2). Stateless; safe for all
 * threads.
 */
public final class FieldSyntax {
  private static final boolean[] TOKEN = new boolean[128];

  static {
    for (char c = '0'; c <= '9'; c++) TOKEN[c] = true;
    for (char c = 'A'; c <= 'Z'; c++) TOKEN[c] = true;
    for (char c = 'a'; c <= 'z'; c++) TOKEN[c] = true;
    for (char c : "!#$%&'*+-.^_`|~".toCharArray()) TOKEN[c] = true;
  }

  private FieldSyntax() {}

  /** True for a character that may stand in a method or a field name. */
  public static boolean isTokenChar(int c) {
    return c >= 0 && c < 128 && TOKEN[c];
  }

  /** True for a {@code token}: a method, a field name. Never empty. */
  public static boolean isToken(String s) {
    for (int i = 0; i < s.length(); i++) {
      if (!isTokenChar(s.charAt(i))) return false;
    }
    return !s.isEmpty();
  }

  /** The field name that these bytes are; null if they are no token. */
  public static @Nullable String name(byte[] bytes, int from, int end) {
    if (from == end) return null;
    String usual = UsualNames.find(bytes, from, end);
    if (usual != null) return usual;
    for (int i = from; i < end; i++) if (!isTokenChar(bytes[i])) return null;
    return new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
  }

  /**
   * True for a field value that is safe to put on a line of its own: no control character but the
   * tab, and of lone surrogates only those that {@link FieldText} makes, in the one way in which it
   * does.
   */
  public static boolean isValue(String s) {
    boolean bytes = false;
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f) return false;
      if (!Character.isSurrogate(c)) continue;
      if (FieldText.isEscape(s, i)) bytes = true;
      else if (i + 1 == s.length() || !Character.isSurrogatePair(c, s.charAt(++i))) return false;
    }
    return !bytes || FieldText.isCanonical(s);
  }

  /**
   * The canonical spelling in which names cross the wire, {@code Content-Type}: the original
   * daemons look names up by it. A name that is no token stays as it is.
   */
  public static String canonicalName(String name) {
    return UsualNames.isOne(name) ? name : inWireSpelling(name);
  }

  /** The same without the table of usual names, which is made by it. */
  static String inWireSpelling(String name) {
    boolean startOfWord = true;
    char[] changed = null;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!isTokenChar(c)) return name;
      char right = startOfWord ? Ascii.upper(c) : Ascii.lower(c);
      if (right != c) {
        if (changed == null) changed = name.toCharArray();
        changed[i] = right;
      }
      startOfWord = c == '-';
    }
    return changed == null ? name : new String(changed);
  }
}
