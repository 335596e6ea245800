package wsp.rules;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

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

  private Search(Pattern pattern) {
    this.pattern = pattern;
    this.prefixes = LiteralPrefix.all(pattern.pattern());
  }

  /** Throws IllegalArgumentException for a bad pattern: what was expected, and what is wrong. */
  static Search compile(String expectation, String pattern) {
    try {
      return new Search(Pattern.compile(pattern));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(expectation + ": " + e.getDescription(), e);
    } catch (StackOverflowError e) {
      // Go draws the line at a depth of 1,000, which is still far from here.
      throw new IllegalArgumentException(expectation + ": nested too deeply", e);
    }
  }

  /** How many steps each character may cost. */
  long size() {
    return pattern.programSize();
  }

  /** With one of these a text begins in which anything is found; empty: that cannot be told. */
  List<String> prefixes() {
    return prefixes;
  }

  private boolean mayFindIn(String text) {
    for (String prefix : prefixes) if (text.startsWith(prefix)) return true;
    return false;
  }

  boolean findsIn(String text) {
    if (!mayFindIn(text)) return false;
    return size() < DEEP ? find(text) : findWithDeepStack(text);
  }

  private boolean find(String text) {
    return pattern.matcher(text).find();
  }

  private boolean findWithDeepStack(String text) {
    FutureTask<Boolean> search = new FutureTask<>(() -> find(text));
    long stack = Math.min(MAX_STACK, size() * STACK_PER_STEP);
    Thread thread = new Thread(null, search, "rules", stack);
    thread.setDaemon(true);
    thread.start();
    return await(search);
  }

  /** There is no verdict without the outcome, so an interrupt is only passed on. */
  private static boolean await(FutureTask<Boolean> search) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return search.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a search failed", e.getCause());
    } finally {
      if (interrupted) Thread.currentThread().interrupt();
    }
  }

  /** The pattern as it was given. */
  @Override
  public String toString() {
    return pattern.pattern();
  }
}
