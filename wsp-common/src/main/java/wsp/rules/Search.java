package wsp.rules;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import wsp.process.Threads;

/** A pattern that is searched for in a text, in time proportional to size times length. */
final class Search {
  /**
   * RE2/J goes through steps that take no character by recursion, so its depth may be the number of
   * steps: a list of some thousand names has that many. From this size on a search has a thread
   * with a stack to match, instead of one that overflows.
   */
  private static final int DEEP = 1_000;

  private static final long STACK_PER_STEP = 1_024;
  private static final long MAX_STACK = 1L << 30;

  private final Pattern pattern;
  private final List<String> prefixes;

  /** The same pattern for texts in lower case, where that is another one. */
  private final @Nullable Search lower;

  private Search(Pattern pattern, List<String> prefixes, @Nullable Search lower) {
    this.pattern = pattern;
    this.prefixes = prefixes;
    this.lower = lower;
  }

  /** Throws IllegalArgumentException for a bad pattern: what was expected, and what is wrong. */
  static Search compile(String expectation, String pattern) {
    try {
      return new Search(Pattern.compile(pattern), LiteralPrefix.all(pattern), null);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(expectation + ": " + e.getDescription(), e);
    } catch (StackOverflowError e) {
      // Go draws the line at a depth of 1,000, which is still far from here.
      throw new IllegalArgumentException(expectation + ": nested too deeply", e);
    }
  }

  /** A search that finds in a text in lower case what this one finds in any case of it. */
  Search inAnyCase() {
    String text = pattern.pattern();
    if (!hasUpperCase(text)) return this;
    List<String> small = prefixes.stream().map(p -> p.toLowerCase(Locale.ROOT)).toList();
    Search folded = new Search(Pattern.compile(text, Pattern.CASE_INSENSITIVE), small, null);
    return new Search(pattern, prefixes, folded);
  }

  /** True for a pattern with capital letters, apart from those of escapes such as {@code \\S}. */
  private static boolean hasUpperCase(String pattern) {
    for (int i = 0; i < pattern.length(); i++) {
      if (pattern.charAt(i) == '\\') i++;
      else if (Character.isUpperCase(pattern.charAt(i))) return true;
    }
    return false;
  }

  /** How many steps each character may cost. */
  long size() {
    return pattern.programSize() + (lower == null ? 0 : lower.size());
  }

  /** With one of these a text begins in which anything is found; empty: that cannot be told. */
  List<String> prefixes() {
    if (lower == null) return prefixes;
    return Stream.concat(prefixes.stream(), lower.prefixes.stream()).distinct().toList();
  }

  private boolean mayFindIn(String text) {
    for (String prefix : prefixes) if (text.startsWith(prefix)) return true;
    return false;
  }

  boolean findsIn(String text) {
    if (mayFindIn(text) && (isDeep() ? findWithDeepStack(text) : find(text))) return true;
    return lower != null && lower.findsIn(text);
  }

  private boolean isDeep() {
    return pattern.programSize() >= DEEP;
  }

  private boolean find(String text) {
    return pattern.matcher(text).find();
  }

  private boolean findWithDeepStack(String text) {
    FutureTask<Boolean> search = new FutureTask<>(() -> find(text));
    long stack = Math.min(MAX_STACK, pattern.programSize() * STACK_PER_STEP);
    Thread thread = new Thread(null, search, "rules", stack);
    thread.setDaemon(true);
    thread.start();
    try {
      return Threads.outcome(search);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a search failed", e.getCause());
    }
  }

  @Override
  public String toString() {
    return pattern.pattern();
  }
}
