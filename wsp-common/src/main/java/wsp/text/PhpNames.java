package wsp.text;

/**
 * Names of parameters and cookies as PHP has them: without blanks in front, up to a NUL, with an
 * underscore for a blank, for a dot, and for a bracket that is not closed, and without what stands
 * behind the last bracket ({@code php_register_variable_ex}).
 */
public final class PhpNames {
  private PhpNames() {}

  /** Names and values, {@code a=b&c=d} by that separator, with such names. */
  public static String in(String pairs, char separator) {
    StringBuilder out = new StringBuilder(pairs.length());
    int start = 0;
    for (int i = 0; i <= pairs.length(); i++) {
      boolean ends = i == pairs.length() || pairs.charAt(i) == separator;
      if (start >= 0 && (ends || pairs.charAt(i) == '=')) {
        add(pairs.substring(start, i), out);
        start = -1;
      }
      if (i == pairs.length()) break;
      if (start < 0) out.append(pairs.charAt(i));
      if (ends) start = i + 1;
    }
    return out.toString();
  }

  private static void add(String name, StringBuilder out) {
    int from = 0;
    while (from < name.length() && name.charAt(from) == ' ') from++;
    int nul = name.indexOf(0, from);
    String text = name.substring(from, nul < 0 ? name.length() : nul);
    int keys = text.indexOf('[');
    int end = keys < 0 ? -1 : text.indexOf(']', keys);
    String plain = end < 0 ? text : text.substring(0, keys);
    out.append(plain.replace(' ', '_').replace('.', '_').replace('[', '_'));
    while (end >= 0) {
      boolean blank = end == keys + 2 && " \t\r\n\f\u000b".indexOf(text.charAt(keys + 1)) >= 0;
      out.append(blank ? "[]" : text.substring(keys, end + 1));
      keys = end + 1;
      end = text.startsWith("[", keys) ? text.indexOf(']', keys) : -1;
    }
  }
}
