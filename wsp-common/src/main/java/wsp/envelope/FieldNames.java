package wsp.envelope;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Predicate;
import wsp.text.Ascii;

/**
 * A few names of fields, in every spelling that an origin may take for one of them: names compare
 * without case (RFC 9110 §5.1), and CGI, and what learnt from it, makes one character of the dash
 * and the underscore (RFC 3875 §4.1.18), some of it of every mark. So {@code X_Secret.Key} is here
 * {@code X-Secret-Key}. Every list of names in both daemons is one of these, so that none of them
 * can be got around by a spelling; {@link FieldLists} has those that both need.
 *
 * <p>Looks at no name that has another length, and makes no object: every field of every request is
 * asked about. Immutable; safe for all threads.
 */
public final class FieldNames implements Predicate<String> {
  /** Orders names so that all spellings of one are the same. */
  static final Comparator<String> BY_ANY_SPELLING = FieldNames::compare;

  private static final String[] NONE = {};
  private static final char[] FOLDED = new char[128];

  static {
    for (char c = 0; c < FOLDED.length; c++)
      FOLDED[c] = Ascii.isLetterOrDigit(c) ? Ascii.lower(c) : '-';
  }

  private final String[][] byLength;

  private final long marks;

  private FieldNames(String[] folded) {
    int longest = Arrays.stream(folded).mapToInt(String::length).max().orElse(0);
    byLength = new String[longest + 1][];
    for (int length = 0; length <= longest; length++) {
      int wanted = length;
      String[] those =
          Arrays.stream(folded).filter(n -> n.length() == wanted).toArray(String[]::new);
      byLength[length] = those.length == 0 ? NONE : those;
    }
    long all = 0;
    for (String name : folded) all |= mark(name);
    marks = all;
  }

  /** These names, however they are spelled. */
  public static FieldNames of(String... names) {
    return new FieldNames(Arrays.stream(names).map(FieldNames::folded).toArray(String[]::new));
  }

  /** These names, with white space between, however they are spelled. */
  static FieldNames list(String names) {
    return of(names.split("\\s+", -1));
  }

  public FieldNames and(FieldNames others) {
    return of(
        Arrays.stream(new FieldNames[] {this, others})
            .flatMap(list -> Arrays.stream(list.byLength))
            .flatMap(Arrays::stream)
            .toArray(String[]::new));
  }

  private static char folded(char c) {
    return c < 128 ? FOLDED[c] : c;
  }

  private static String folded(String name) {
    char[] out = name.toCharArray();
    for (int i = 0; i < out.length; i++) out[i] = folded(out[i]);
    return new String(out);
  }

  /** True if an origin may take one of these names for the other. */
  public static boolean areAlike(String a, String b) {
    return a.length() == b.length() && compare(a, b) == 0;
  }

  /** True if an origin may take this for a name that begins so. */
  public static boolean beginsLike(String name, String start) {
    if (name.length() < start.length()) return false;
    for (int i = 0; i < start.length(); i++)
      if (folded(name.charAt(i)) != folded(start.charAt(i))) return false;
    return true;
  }

  private static int compare(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    for (int i = 0; i < shorter; i++) {
      int order = folded(a.charAt(i)) - folded(b.charAt(i));
      if (order != 0) return order;
    }
    return a.length() - b.length();
  }

  /**
   * One bit, the same for all spellings of a name: where it is missing from those of some names,
   * that name is none of them. Made of what is looked at first anyway.
   */
  static long mark(String name) {
    int length = name.length();
    if (length == 0) return 1;
    int first = folded(name.charAt(0));
    int last = folded(name.charAt(length - 1));
    return 1L << (31 * length + 7 * first + last);
  }

  long marks() {
    return marks;
  }

  @Override
  public boolean test(String name) {
    if (name.length() >= byLength.length) return false;
    for (String one : byLength[name.length()]) if (isFolded(name, one)) return true;
    return false;
  }

  private static boolean isFolded(String name, String folded) {
    for (int i = 0; i < folded.length(); i++)
      if (folded(name.charAt(i)) != folded.charAt(i)) return false;
    return true;
  }
}
