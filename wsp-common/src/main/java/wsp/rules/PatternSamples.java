package wsp.rules;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Texts that a pattern of RE2 probably finds: shortest ones, a few for each choice. They are
 * guesses, to be tried on the pattern itself, so that what is not understood here (flags, word
 * boundaries, {@code \\C}) only makes them fewer. For one pattern, and one thread.
 */
final class PatternSamples {
  private static final int MOST = 24;
  private static final int MAX_REPEATED = 64;

  /** The characters that stand for a class, in order of preference. */
  private static final String LIKELY = "ax0AX-_.~:/?#@!$&'()*+,;=% \"<>[]^`{|}\\";

  private final String pattern;
  private int at;

  private PatternSamples(String pattern) {
    this.pattern = pattern;
  }

  /** Some, or none where the pattern is not understood. */
  static List<String> of(String pattern) {
    try {
      PatternSamples samples = new PatternSamples(pattern);
      List<String> all = samples.alternatives();
      return samples.at < pattern.length() ? List.of() : all;
    } catch (IllegalArgumentException | IndexOutOfBoundsException | StackOverflowError e) {
      // A guess that fails is none.
      return List.of();
    }
  }

  private boolean takes(String text) {
    if (!pattern.startsWith(text, at)) return false;
    at += text.length();
    return true;
  }

  private List<String> alternatives() {
    Set<String> all = new LinkedHashSet<>();
    do {
      for (String each : sequence()) if (all.size() < MOST) all.add(each);
    } while (takes("|"));
    return new ArrayList<>(all);
  }

  private List<String> sequence() {
    List<String> all = List.of("");
    while (at < pattern.length() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')')
      all = joined(all, repeated(one()));
    return all;
  }

  private static List<String> joined(List<String> starts, List<String> ends) {
    Set<String> all = new LinkedHashSet<>();
    // Each of both at least once, before what is only another mixture.
    int longer = Math.max(starts.size(), ends.size());
    for (int i = 0; i < longer && all.size() < MOST; i++)
      all.add(starts.get(i % starts.size()) + ends.get(i % ends.size()));
    for (String start : starts) for (String end : ends) if (all.size() < MOST) all.add(start + end);
    return new ArrayList<>(all);
  }

  private List<String> one() {
    if (takes("(")) return group();
    if (takes("\\Q")) return quoted();
    int start = at;
    char c = pattern.charAt(at++);
    return switch (c) {
      case '^', '$' -> List.of("");
      case '.' -> List.of("x");
      case '[' -> {
        endClass();
        yield member(pattern.substring(start, at));
      }
      case '\\' -> escaped(start);
      default -> List.of(String.valueOf(c));
    };
  }

  private List<String> group() {
    if (takes("?")) {
      int end = at;
      while (":)>".indexOf(pattern.charAt(end)) < 0) end++;
      at = end + 1;
      // Flags for the rest of what is around.
      if (pattern.charAt(end) == ')') return List.of("");
    }
    List<String> inside = alternatives();
    if (!takes(")")) throw new IllegalArgumentException();
    return inside;
  }

  private List<String> quoted() {
    int end = pattern.indexOf("\\E", at);
    String text = pattern.substring(at, end < 0 ? pattern.length() : end);
    at = end < 0 ? pattern.length() : end + 2;
    return List.of(text);
  }

  private void endClass() {
    takes("^");
    takes("]");
    while (pattern.charAt(at) != ']') {
      if (takes("[:")) at = pattern.indexOf(":]", at) + 2;
      else at += pattern.charAt(at) == '\\' ? 2 : 1;
    }
    at++;
  }

  private List<String> escaped(int start) {
    char c = pattern.charAt(at++);
    if ("AzbB".indexOf(c) >= 0) return List.of("");
    if (c == 'p' || c == 'P' || c == 'x') {
      if (takes("{")) at = pattern.indexOf('}', at) + 1;
      else at += c == 'x' ? 2 : 1;
    }
    return member(pattern.substring(start, at));
  }

  /** The first likely character that is in a class. */
  private static List<String> member(String text) {
    Search search = Search.compile("", "^" + text + "$");
    for (int i = 0; i < LIKELY.length(); i++) {
      String likely = LIKELY.substring(i, i + 1);
      if (search.findsIn(likely)) return List.of(likely);
    }
    for (char c = '!'; c < 0x7f; c++)
      if (search.findsIn(String.valueOf(c))) return List.of(String.valueOf(c));
    return List.of();
  }

  private List<String> repeated(List<String> one) {
    if (one.isEmpty()) throw new IllegalArgumentException();
    if (takes("*") || takes("?")) return lazy(joined(List.of(""), withNone(one)));
    if (takes("+")) return lazy(one);
    int least = leastOfBraces();
    if (least < 0) return one;
    List<String> all = new ArrayList<>();
    for (String each : one) all.add(each.repeat(Math.min(least, MAX_REPEATED)));
    return lazy(all);
  }

  private static List<String> withNone(List<String> one) {
    List<String> all = new ArrayList<>(one);
    all.add(0, "");
    return all;
  }

  private List<String> lazy(List<String> all) {
    var unused = takes("?");
    return all;
  }

  /** The least number of <code>{2,5}</code>, which is passed; -1 if there is none. */
  private int leastOfBraces() {
    int end = pattern.indexOf('}', at);
    if (at >= pattern.length() || pattern.charAt(at) != '{' || end < 0) return -1;
    String text = pattern.substring(at + 1, end);
    if (!text.matches("[0-9]{1,4}(,[0-9]{0,4})?")) return -1;
    at = end + 1;
    int least = 0;
    for (int i = 0; i < text.length() && text.charAt(i) != ','; i++)
      least = least * 10 + (text.charAt(i) - '0');
    return least;
  }
}
