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

  private FieldNames(String[][] byLength) {
    this.byLength = byLength;
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
    return new FieldNames(byLength);
  }

  /** True if this is one of them. */
  @Override
  public boolean test(String name) {
    if (name.length() >= byLength.length) return false;
    for (String one : byLength[name.length()]) if (one.equalsIgnoreCase(name)) return true;
    return false;
  }
}
