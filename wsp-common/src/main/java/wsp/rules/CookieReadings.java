package wsp.rules;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import wsp.text.Ascii;
import wsp.text.PhpNames;

/**
 * What applications read in a field of cookies: pairs between semicolons, whatever blanks are
 * around names and values; and by the names that PHP has for them. Each becomes one line, with a
 * semicolon and a blank between pairs, as RFC 6265 §4.2.1 has it.
 */
final class CookieReadings {
  /** Readings have so many times the characters that they are made of, at the most. */
  static final int TIMES = 5;

  private CookieReadings() {}

  /** The values as they are, and what is read in them. */
  static Set<String> of(Iterable<String> values) {
    Set<String> all = new LinkedHashSet<>();
    values.forEach(all::add);
    for (String value : List.copyOf(all)) {
      all.add(tidy(value));
      all.add(tidy(PhpNames.in(value, ';')));
    }
    return all;
  }

  private static String tidy(String value) {
    StringBuilder out = new StringBuilder(value.length());
    int start = 0;
    while (start <= value.length()) {
      int semicolon = value.indexOf(';', start);
      int end = semicolon < 0 ? value.length() : semicolon;
      String pair = Ascii.trim(value.substring(start, end));
      if (!pair.isEmpty()) {
        if (out.length() > 0) out.append("; ");
        int equals = pair.indexOf('=');
        if (equals < 0) out.append(pair);
        else
          out.append(Ascii.trim(pair.substring(0, equals)))
              .append('=')
              .append(Ascii.trim(pair.substring(equals + 1)));
      }
      start = end + 1;
    }
    return out.toString();
  }
}
