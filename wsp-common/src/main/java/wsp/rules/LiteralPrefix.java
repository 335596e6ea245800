package wsp.rules;

import java.util.List;
import wsp.text.Ascii;

/**
 * The beginning of every text that a pattern matches, where that can be told for certain: most
 * patterns for URLs are {@code ^https://host\\.example/...}, and a list of a thousand of them costs
 * a thousand comparisons then, instead of a thousand searches.
 */
final class LiteralPrefix {
  private static final String META = ".[]()*+?{}|^$\\";

  private LiteralPrefix() {}

  /**
   * One of these, neither of which begins with the other: {@code ^https?://} is the same as either
   * of two patterns. An empty one where it is not plain to see.
   */
  static List<String> all(String pattern) {
    int mark = pattern.indexOf('?');
    boolean plain = mark > 1 && isWord(pattern, 1, mark) && !isQuantified(pattern, mark + 1);
    if (!plain) return List.of(of(pattern));
    String rest = pattern.substring(mark + 1);
    String without = of(pattern.substring(0, mark - 1) + rest);
    String with = of(pattern.substring(0, mark) + rest);
    if (with.startsWith(without)) return List.of(without);
    return without.startsWith(with) ? List.of(with) : List.of(without, with);
  }

  private static boolean isWord(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Ascii.isLetterOrDigit(text.charAt(i))) return false;
    }
    return text.charAt(0) == '^';
  }

  private static boolean isQuantified(String pattern, int at) {
    return at < pattern.length() && "*+?{".indexOf(pattern.charAt(at)) >= 0;
  }

  /** The prefix, or empty where there is none, or where it is not plain to see. */
  static String of(String pattern) {
    if (!pattern.startsWith("^") || mayBranchAtTop(pattern)) return "";
    StringBuilder prefix = new StringBuilder();
    int i = 1;
    for (; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\' && i + 1 < pattern.length() && isPunctuation(pattern.charAt(i + 1)))
        c = pattern.charAt(++i);
      else if (META.indexOf(c) >= 0 || Character.isSurrogate(c)) break;
      prefix.append(c);
    }
    // A character that may be absent is no part of it; flags may stand before the star.
    boolean optional = i < pattern.length() && "*+?{(\\".indexOf(pattern.charAt(i)) >= 0;
    if (optional && prefix.length() > 0) prefix.setLength(prefix.length() - 1);
    return prefix.toString();
  }

  /** True unless each bar is plainly within a group. */
  private static boolean mayBranchAtTop(String pattern) {
    if (pattern.indexOf('|') < 0) return false;
    // Within a class or a quotation, parentheses and bars mean nothing.
    if (pattern.indexOf('[') >= 0 || pattern.contains("\\Q")) return true;
    int depth = 0;
    for (int i = 0; i < pattern.length(); i++) {
      switch (pattern.charAt(i)) {
        case '\\' -> i++;
        case '(' -> depth++;
        case ')' -> depth--;
        case '|' -> {
          if (depth == 0) return true;
        }
        default -> {}
      }
    }
    return false;
  }

  private static boolean isPunctuation(char c) {
    return c > ' ' && c < 0x7f && !Ascii.isLetterOrDigit(c);
  }
}
