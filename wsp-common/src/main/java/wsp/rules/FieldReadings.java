package wsp.rules;

import java.util.ArrayList;
import java.util.List;
import wsp.envelope.FieldNames;
import wsp.envelope.FieldText;
import wsp.envelope.Headers;
import wsp.text.Ascii;

/** The values that origins may read under the name of a field. Stateless; safe for all threads. */
final class FieldReadings {
  private static final List<String> COMMAS = List.of(",", ", ");
  private static final List<String> OF_COOKIES = List.of(",", ", ", "; ");

  private FieldReadings() {}

  /**
   * The values that origins may read under a name: one that tells spellings apart its values, or an
   * empty one where there is none, which the original would look up; one that does not, those of
   * {@code X_Name} too; of several lines, all of them as one (RFC 9110 §5.3); of bytes that are not
   * UTF-8, what they are in Latin-1; and of each of these, what is left without the blanks of
   * Unicode at its ends.
   */
  static List<String> of(String name, Headers fields) {
    List<String> values = fields.all(name);
    List<String> others = fields.likeOnes(name);
    if (values.isEmpty()) values = List.of("");
    boolean one = others.isEmpty() && values.size() == 1;
    if (one && Ascii.isAll(values.get(0))) return values;
    List<String> all = new ArrayList<>(values);
    all.addAll(others);
    if (values.size() > 1) addJoined(name, values, all);
    if (!others.isEmpty()) addJoined(name, fields.alike(name), all);
    for (String value : List.copyOf(all)) {
      if (FieldText.hasBytes(value)) addWithoutBlanks(FieldText.asLatin1(value), all);
      if (!Ascii.isAll(value)) addWithoutBlanks(value, all);
    }
    return all;
  }

  /**
   * The lines of a field as one value, in their order: HTTP has a comma and any blanks between (RFC
   * 9110 §5.3), programs write it with one blank or none, and a semicolon between cookies (RFC 9113
   * §8.2.3).
   */
  private static void addJoined(String name, List<String> lines, List<String> to) {
    if (lines.size() < 2) return;
    boolean cookies = FieldNames.areAlike(name, "Cookie");
    for (String between : cookies ? OF_COOKIES : COMMAS) to.add(String.join(between, lines));
  }

  /** To HTTP they are parts of the value; a trim of Unicode, as Python's, takes them off. */
  private static void addWithoutBlanks(String value, List<String> to) {
    int from = 0;
    int end = value.length();
    while (from < end && isBlank(value.charAt(from))) from++;
    while (end > from && isBlank(value.charAt(end - 1))) end--;
    if (!to.contains(value)) to.add(value);
    if (end - from < value.length()) to.add(value.substring(from, end));
  }

  /** True for what any language takes for one: space, tab, next line, byte order mark and such. */
  private static boolean isBlank(char c) {
    if (c <= 0x7f) return c == ' ' || c == '\t';
    return c == '\u0085' || c == '\ufeff' || isSeparator(Character.getType(c));
  }

  private static boolean isSeparator(int type) {
    return type == Character.SPACE_SEPARATOR
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
