package wsp.text;

import org.jspecify.annotations.Nullable;

/**
 * Words, digits and blanks of protocols, which are ASCII (RFC 9110 §5.6). The methods of {@code
 * String} and {@code Character} of the same names go by Unicode: to them the Kelvin sign is a
 * {@code k}, the long s is an {@code s}, Arabic digits are digits and a next-line character is a
 * blank, so that two programs read one message in two ways. Makes no object where nothing changes.
 * Stateless; safe for all threads.
 */
public final class Ascii {
  private Ascii() {}

  /** An upper-case ASCII letter in lower case; anything else as it is. */
  public static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
  }

  /** A lower-case ASCII letter in upper case; anything else as it is. */
  public static char upper(char c) {
    return c >= 'a' && c <= 'z' ? (char) (c - 32) : c;
  }

  public static String lower(String s) {
    for (int i = 0; i < s.length(); i++) {
      if (lower(s.charAt(i)) != s.charAt(i)) return mapped(s, i, false);
    }
    return s;
  }

  public static String upper(String s) {
    for (int i = 0; i < s.length(); i++) {
      if (upper(s.charAt(i)) != s.charAt(i)) return mapped(s, i, true);
    }
    return s;
  }

  private static String mapped(String s, int from, boolean up) {
    char[] out = s.toCharArray();
    for (int i = from; i < out.length; i++) out[i] = up ? upper(out[i]) : lower(out[i]);
    return new String(out);
  }

  /** True for texts that are the same but for the case of ASCII letters; null is none. */
  public static boolean equalsIgnoreCase(String a, @Nullable String b) {
    return b != null && a.length() == b.length() && startsWithIgnoreCase(a, b);
  }

  /** True for a text that begins so, but for the case of ASCII letters. */
  public static boolean startsWithIgnoreCase(String s, String start) {
    return startsWithIgnoreCase(s, start, 0);
  }

  /** True for a text that goes on so at this place, but for the case of ASCII letters. */
  public static boolean startsWithIgnoreCase(String s, String start, int at) {
    if (s.length() - at < start.length()) return false;
    for (int i = 0; i < start.length(); i++) {
      char a = s.charAt(at + i);
      char b = start.charAt(i);
      if (a != b && lower(a) != lower(b)) return false;
    }
    return true;
  }

  public static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  public static boolean isLetter(int c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  /** True for what {@link #isLetter} or {@link #isDigit} holds for. */
  public static boolean isLetterOrDigit(int c) {
    return isLetter(c) || isDigit(c);
  }

  /** True for a text of ASCII alone. */
  public static boolean isAll(String s) {
    for (int i = 0; i < s.length(); i++) if (s.charAt(i) > 0x7f) return false;
    return true;
  }

  /** The value of a hexadecimal digit in either case; -1 for anything else. */
  public static int hex(int c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
  }

  /**
   * A number of digits and nothing else, with any number of zeros before it, as the {@code 1*DIGIT}
   * of HTTP allows (RFC 9110 §8.6); -1 for anything else.
   *
   * @param maxDigits that may follow the zeros; 18 at most, which a long holds whatever they are
   */
  public static long number(String s, int maxDigits) {
    int zeros = 0;
    while (zeros < s.length() && s.charAt(zeros) == '0') zeros++;
    if (s.isEmpty() || s.length() - zeros > maxDigits) return -1;
    long n = 0;
    for (int i = zeros; i < s.length(); i++) {
      if (!isDigit(s.charAt(i))) return -1;
      n = n * 10 + (s.charAt(i) - '0');
    }
    return n;
  }

  /** True for a space or a tab, the blanks between the parts of a field (RFC 9110 §5.6.3). */
  public static boolean isBlank(int c) {
    return c == ' ' || c == '\t';
  }

  public static String trim(String s) {
    int from = 0;
    int to = s.length();
    while (from < to && isBlank(s.charAt(from))) from++;
    while (to > from && isBlank(s.charAt(to - 1))) to--;
    return s.substring(from, to);
  }
}
