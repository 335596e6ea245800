package wsp.rules;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import wsp.envelope.FieldNames;
import wsp.envelope.FieldText;
import wsp.envelope.Headers;
import wsp.text.Ascii;

/**
 * The values that origins may read under the names of fields of one request. They are worked out
 * once for all rules that look at a name: there may be hundreds of those. For one thread.
 */
final class FieldReadings {
  private static final String COOKIE = "Cookie";
  private static final List<String> COMMAS = List.of(",", ", ");
  private static final List<String> OF_COOKIES = List.of(",", ", ", "; ");

  /** So many characters of readings are not too many, however few they are made of. */
  private static final long ENOUGH = 256 << 10;

  /** Nor are so many times the characters of text in ASCII, as nearly all is. */
  private static final int TIMES_OF_ASCII = 24;

  private final Headers fields;
  private @Nullable Map<String, Collection<String>> values;
  private @Nullable Map<String, Collection<String>> cookies;
  private @Nullable Map<String, Long> lengths;

  /**
   * Rules whose fields match in any reading, and in every one: a URL has many, and they have not.
   */
  private final Map<Rule, Boolean> matched = new HashMap<>();

  private final Map<Rule, Boolean> matchedWholly = new HashMap<>();
  private String unclear = "";

  FieldReadings(Headers fields) {
    this.fields = fields;
  }

  /**
   * The values that origins may read under the name: one that tells spellings apart its values, or
   * an empty one where there is none, which the original would look up; one that does not, those of
   * {@code X_Name} too; of several lines, all of them as one (RFC 9110 §5.3); of bytes that are not
   * UTF-8, what they are in Latin-1; and of each of these, what is left without the blanks of
   * Unicode at its ends.
   */
  Collection<String> of(String name) {
    if (values == null) values = new HashMap<>();
    return values.computeIfAbsent(name, n -> of(n, fields));
  }

  private static Collection<String> of(String name, Headers fields) {
    List<String> values = fields.all(name);
    List<String> others = fields.likeOnes(name);
    if (values.isEmpty()) values = List.of("");
    boolean one = others.isEmpty() && values.size() == 1;
    if (one && Ascii.isAll(values.get(0))) return values;
    Set<String> all = new LinkedHashSet<>(values);
    all.addAll(others);
    if (!one) addJoined(name, fields, all);
    for (String value : List.copyOf(all)) {
      if (FieldText.hasBytes(value)) addWithoutBlanks(FieldText.asLatin1(value), all);
      if (!Ascii.isAll(value)) addWithoutBlanks(value, all);
    }
    return all;
  }

  /** Those, and what few origins read: a denial looks at it, permission does not. */
  Collection<String> denied(String name) {
    if (!FieldNames.areAlike(name, COOKIE)) return of(name);
    if (cookies == null) cookies = new HashMap<>();
    return cookies.computeIfAbsent(name, n -> CookieReadings.of(of(n)));
  }

  /**
   * True if there are more readings than anybody honest needs: they are as dear to judge as those
   * of a URL, of which there is a bound as well.
   */
  boolean areTooMany(String name) {
    long length = lengthAtMost(name);
    if (length <= ENOUGH) return false;
    List<String> lines = fields.alike(name);
    long sent = 0;
    for (String line : lines) sent += line.length() + 2;
    boolean many = length > TIMES_OF_ASCII * sent || !lines.stream().allMatch(Ascii::isAll);
    if (many) unclear = name;
    return many;
  }

  /** What is to be said of a decision that comes of that; empty for nearly all. */
  String remark() {
    return unclear.isEmpty() ? "" : ", as " + unclear + " can be read in too many ways";
  }

  /** Whether the fields match a rule in any reading, or in every one; worked out once. */
  boolean match(Rule rule, boolean everyReading, BooleanSupplier answer) {
    Map<Rule, Boolean> known = everyReading ? matchedWholly : matched;
    return known.computeIfAbsent(rule, r -> answer.getAsBoolean());
  }

  /**
   * Characters that {@link #denied} may have in all; told without joining a line, so that it is
   * cheap.
   */
  long lengthAtMost(String name) {
    if (lengths == null) lengths = new HashMap<>();
    return lengths.computeIfAbsent(name, n -> lengthAtMost(n, fields));
  }

  private static long lengthAtMost(String name, Headers fields) {
    List<String> lines = fields.alike(name);
    long length = 0;
    boolean ascii = true;
    for (String line : lines) {
      length += line.length();
      ascii &= Ascii.isAll(line);
    }
    // Of several lines, those of each spelling and all of them in three orders, by each separator.
    long orders = fields.likeOnes(name).isEmpty() ? 1 : 4;
    if (lines.size() > 1) length += orders * separators(name).size() * (length + 2L * lines.size());
    if (FieldNames.areAlike(name, COOKIE)) length *= CookieReadings.TIMES;
    return ascii ? length : 4 * length;
  }

  /**
   * The lines of each spelling as one value, and those of all: programs on the way write them in
   * their order, or grouped by names, which come as they first came or sorted, as Go does.
   */
  private static void addJoined(String name, Headers fields, Set<String> to) {
    Map<String, List<String>> spellings = new LinkedHashMap<>();
    fields
        .byCanonicalName()
        .forEach(
            (spelling, lines) -> {
              if (FieldNames.areAlike(spelling, name)) spellings.put(spelling, lines);
            });
    List<List<String>> orders = new ArrayList<>(spellings.values());
    orders.add(fields.alike(name));
    orders.add(spellings.values().stream().flatMap(List::stream).toList());
    orders.add(new TreeMap<>(spellings).values().stream().flatMap(List::stream).toList());
    for (List<String> lines : orders)
      for (String separator : separators(name)) to.add(String.join(separator, lines));
  }

  /**
   * What stands between lines that are one value: HTTP has a comma and any blanks (RFC 9110 §5.3),
   * programs write it with one blank or none, and a semicolon between cookies (RFC 9113 §8.2.3).
   */
  private static List<String> separators(String name) {
    return FieldNames.areAlike(name, COOKIE) ? OF_COOKIES : COMMAS;
  }

  /** To HTTP they are parts of the value; a trim of Unicode, as Python's, takes them off. */
  private static void addWithoutBlanks(String value, Set<String> to) {
    int from = 0;
    int end = value.length();
    while (from < end && isBlank(value.charAt(from))) from++;
    while (end > from && isBlank(value.charAt(end - 1))) end--;
    to.add(value);
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
