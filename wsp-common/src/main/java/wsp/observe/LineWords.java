package wsp.observe;

import java.util.List;

/**
 * Text from outside in a line whose parts are told by blanks and by {@code , NAME }: programs that
 * read it by them find the daemon's own words, not those that a caller or an origin has written.
 * Stateless.
 */
final class LineWords {
  private static final List<String> NAMES =
      List.of("caller ", "client ", "target ", "from ", "request id ");

  /** Unicode's separators: the categories Zs, Zl and Zp of version 15. */
  private static final String BLANKS =
      " \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
          + "\u2028\u2029\u202f\u205f\u3000";

  private LineWords() {}

  /** The text as one word: a blank of any kind is escaped, as control characters are. */
  static String one(String text) {
    for (int i = 0; i < text.length(); i++) if (isBlank(text.charAt(i))) return escaped(text, i);
    return text;
  }

  private static String escaped(String text, int from) {
    StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, from);
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isBlank(c)) escape(out, c);
      else out.append(c);
    }
    return out.toString();
  }

  /** Control characters are escaped by whoever writes the line. */
  private static boolean isBlank(char c) {
    return BLANKS.indexOf(c) >= 0;
  }

  /** Words, in which no comma stands before one of the names: it is escaped. */
  static String free(String text) {
    if (text.indexOf(',') < 0) return text;
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ',' && isBeforeName(text, i + 1)) escape(out, c);
      else out.append(c);
    }
    return out.toString();
  }

  private static boolean isBeforeName(String text, int at) {
    int name = at;
    while (name < text.length() && isBlank(text.charAt(name))) name++;
    if (name == at) return false;
    for (String each : NAMES) if (text.startsWith(each, name)) return true;
    return false;
  }

  private static void escape(StringBuilder out, char c) {
    out.append("\\u%04x".formatted((int) c));
  }
}
