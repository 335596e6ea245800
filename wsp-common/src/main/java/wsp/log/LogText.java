package wsp.log;

import org.jspecify.annotations.Nullable;

/** Text from outside, made fit for one line of a log or a terminal. Safe for all threads. */
public final class LogText {
  private LogText() {}

  /**
   * The text with control and format characters (those that turn the direction of what follows, or
   * cannot be seen), line separators and halves of surrogate pairs escaped, cut off with an
   * ellipsis after a number of characters of the original; null is {@code null}.
   */
  public static String escape(@Nullable String text, int maxChars) {
    if (text == null) return "null";
    int end = Math.min(text.length(), Math.max(0, maxChars));
    // A pair is not cut in two: its first half alone would look like a broken text.
    if (end > 0 && end < text.length() && isPair(text, end - 1)) end--;
    int clean = 0;
    while (clean < end && isPrintable(text.charAt(clean))) clean++;
    if (clean == text.length()) return text;
    StringBuilder out = new StringBuilder(end + 16).append(text, 0, clean);
    for (int i = clean; i < end; i++) {
      if (isPair(text, i) && !isFormat(text.codePointAt(i))) out.append(text, i, ++i + 1);
      else append(out, text.charAt(i));
    }
    return end < text.length() ? out.append('…').toString() : out.toString();
  }

  /** The text without secrets of URLs, {@link #escape}d after that: what is cut hides nothing. */
  public static String clean(@Nullable String text, int maxChars) {
    return escape(text == null ? null : Redaction.urls(text), maxChars);
  }

  /** The text itself, or as much of it, with an ellipsis. */
  public static String cut(String text, int maxChars) {
    if (text.length() <= maxChars) return text;
    int end = isPair(text, maxChars - 1) ? maxChars - 1 : maxChars;
    return text.substring(0, end) + '…';
  }

  private static boolean isPair(String text, int at) {
    return at + 1 < text.length()
        && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1));
  }

  private static boolean isPrintable(char c) {
    if (c >= ' ' && c < 0x7f) return true;
    return !Character.isISOControl(c)
        && !isFormat(c)
        && c != '\u2028'
        && c != '\u2029'
        && !Character.isSurrogate(c);
  }

  private static boolean isFormat(int codePoint) {
    return Character.getType(codePoint) == Character.FORMAT;
  }

  private static void append(StringBuilder out, char c) {
    if (isPrintable(c)) out.append(c);
    else if (c == '\r') out.append("\\r");
    else if (c == '\n') out.append("\\n");
    else if (c == '\t') out.append("\\t");
    else out.append("\\u%04x".formatted((int) c));
  }
}
