package wsp.envelope;

import java.util.Set;
import java.util.TreeSet;
import wsp.text.Ascii;

/** What {@code Connection} says of the other fields of a message (RFC 9110 §7.6.1). Stateless. */
final class ConnectionField {
  private static final String NAME = "Connection";

  private ConnectionField() {}

  static Headers endToEnd(Headers all) {
    String first = all.first(NAME);
    // Most values name no field that would not go anyway.
    boolean names =
        first != null && !(Ascii.equalsIgnoreCase(first, "keep-alive") && all.hasOne(NAME));
    if (!names) return all.without(FieldLists.HOP_BY_HOP);
    Set<String> named = named(all);
    return all.without(n -> FieldLists.HOP_BY_HOP.test(n) || named.contains(n));
  }

  /**
   * However many they are: a list that a stranger makes long must not be gone through each time.
   */
  private static Set<String> named(Headers all) {
    Set<String> named = new TreeSet<>(FieldNames.BY_ANY_SPELLING);
    for (String name : all.elements(NAME)) {
      // "close" and "keep-alive" are options, and no sender may have what frames or limits it
      // stripped, or what a proxy behind it has added.
      if (!FieldLists.stays(name)) named.add(name);
    }
    return named;
  }

  static boolean has(Headers all, String option) {
    String first = all.first(NAME);
    if (first == null) return false;
    if (first.indexOf(',') < 0 && all.hasOne(NAME)) return isWord(first, option);
    for (String value : all.all(NAME))
      for (String word : value.split(",", -1)) if (isWord(word, option)) return true;
    return false;
  }

  private static boolean isWord(String text, String word) {
    return Ascii.equalsIgnoreCase(Ascii.trim(text), word);
  }
}
