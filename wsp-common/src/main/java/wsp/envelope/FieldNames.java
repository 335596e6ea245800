package wsp.envelope;

import java.util.Arrays;
import java.util.function.Predicate;

/**
 * A few names of fields, which compare without case (RFC 9110 §5.1). Looks at no name that has
 * another length, and makes no object: every field of every request is asked about. Immutable; safe
 * for all threads.
 */
public final class FieldNames implements Predicate<String> {
  private static final String[] NONE = {};

  private final String[][] byLength;
  private final long marks;

  private FieldNames(String[][] byLength, long marks) {
    this.byLength = byLength;
    this.marks = marks;
  }

  /** These names, however they are spelled. */
  public static FieldNames of(String... names) {
    int longest = Arrays.stream(names).mapToInt(String::length).max().orElse(0);
    String[][] byLength = new String[longest + 1][];
    for (int length = 0; length <= longest; length++) {
      int wanted = length;
      String[] those =
          Arrays.stream(names).filter(n -> n.length() == wanted).toArray(String[]::new);
      byLength[length] = those.length == 0 ? NONE : those;
    }
    long marks = 0;
    for (String name : names) marks |= mark(name);
    return new FieldNames(byLength, marks);
  }

  /**
   * One bit, the same for all spellings of a name: where it is missing from those of some names,
   * that name is none of them. Made of what is looked at first anyway.
   */
  static long mark(String name) {
    int length = name.length();
    if (length == 0) return 1;
    char first = name.charAt(0);
    char last = name.charAt(length - 1);
    // Beyond ASCII there are characters that equal an ASCII letter in another case.
    if (first > 0x7f || last > 0x7f) return -1;
    return 1L << (31 * length + 7 * (first | 0x20) + (last | 0x20));
  }

  /** The marks of all of them. */
  long marks() {
    return marks;
  }

  /** True if this is one of them. */
  @Override
  public boolean test(String name) {
    if (name.length() >= byLength.length) return false;
    for (String one : byLength[name.length()]) if (one.equalsIgnoreCase(name)) return true;
    return false;
  }
}
