package wsp.config;

import wsp.text.Ascii;

/** The parts of a configuration file that errors may show. */
final class Shown {
  private static final int MAX_VALUE = 60;

  private Shown() {}

  /** A value in quotes, or only that there was one, if the key is one of a secret. */
  static String value(String key, String value) {
    if (isSecret(key)) return "the value given (not shown)";
    if (value.length() <= MAX_VALUE) return "'" + value + "'";
    return "'" + value.substring(0, MAX_VALUE) + "…'";
  }

  private static boolean isSecret(String key) {
    String k = Ascii.lower(key);
    if (k.endsWith("file")) return false;
    return k.contains("key") || k.contains("secret") || k.contains("pass") || k.contains("token");
  }

  /** A key, up to where a value may have got into it for want of a space after the colon. */
  static String key(String spelling) {
    int end = 0;
    while (end < spelling.length() && end < MAX_VALUE && isKeyPart(spelling.charAt(end))) end++;
    return end == spelling.length() ? spelling : spelling.substring(0, end) + "…";
  }

  private static boolean isKeyPart(char c) {
    return Ascii.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
  }

  static String oneLine(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().forEach(c -> out.appendCodePoint(isPrintable(c) ? c : ' '));
    return out.toString();
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}
