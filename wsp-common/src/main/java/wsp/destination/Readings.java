package wsp.destination;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import wsp.text.Ascii;
import wsp.text.PhpNames;

/**
 * The readings that origins may have of one URL. They decode never, once or twice, and before,
 * between and after that they take some of the {@link PathStep}s, in an order of their own; a chain
 * of two origins has two orders. So every path that any order of steps may lead to is a reading,
 * and no step takes the place of what was there before it. Nearly all URLs have just one reading,
 * odd ones have some ten; one with hundreds is made to deceive, and is refused.
 */
final class Readings {
  static final int MAX_PATHS = 256;

  /** The most readings of a URL, query and all, and as many again in lower case. */
  static final int MAX_FORMS = 1_024;

  /** The most characters that the readings of a path, or of a query, have together. */
  private static final int MAX_CHARACTERS = 1 << 19;

  /** The most characters that all forms have together. */
  private static final int MAX_FORM_CHARACTERS = 1 << 20;

  private static final List<UnaryOperator<String>> ALL_STEPS = steps(PathStep.values());

  private static final List<UnaryOperator<String>> USUAL_STEPS =
      steps(EnumSet.complementOf(EnumSet.copyOf(PathStep.RARE)).toArray(PathStep[]::new));

  private static final List<UnaryOperator<String>> PATH_DECODERS =
      List.of(
          Percent::decode,
          Percent::decodeButSlashes,
          Percent::decodeButDelimiters,
          Percent::decodeUnicode);

  private static final List<UnaryOperator<String>> QUERY_STEPS =
      steps(PathStep.OVERLONG, PathStep.FULL_WIDTH);

  private static final List<UnaryOperator<String>> QUERY_DECODERS =
      List.of(Percent::decode, Percent::decodeUnicode);

  private final String origin;
  private final Set<String> forms = new LinkedHashSet<>();
  private int room = MAX_FORM_CHARACTERS;

  private Readings(String url, int start) throws InvalidDestinationException {
    origin = url.substring(0, start);
    add(url);
  }

  private static List<UnaryOperator<String>> steps(PathStep... steps) {
    return Stream.of(steps).<UnaryOperator<String>>map(step -> step::apply).toList();
  }

  /**
   * The URL itself, then the readings of its path, which begins and ends there; an error if there
   * are too many.
   */
  static List<String> judged(String url, int start, int end) throws InvalidDestinationException {
    if (isOne(url, start, end)) return List.of(url);
    Readings all = new Readings(url, start);
    boolean plain = Doubts.inPath(url, start, end).areOfDenials();
    all.add(paths(url.substring(start, end), plain, USUAL_STEPS), asSent(url.substring(end)));
    return List.copyOf(all.forms);
  }

  /**
   * Those, readings of what few origins do, and readings with a decoded query; then all of them in
   * lower case, which are made as they are asked for: together they would be a few times as large.
   */
  static Iterable<String> denied(String url, int start, int end)
      throws InvalidDestinationException {
    Readings all = new Readings(url, start);
    if (atMost(url, start, end) > 2) {
      String mark = url.substring(end);
      boolean plain = Doubts.inPath(url, start, end) == Doubts.NONE;
      List<String> paths = paths(url.substring(start, end), plain, ALL_STEPS);
      all.add(paths, asSent(mark));
      all.add(withAbsolute(paths), queries(mark));
    }
    List<String> forms = List.copyOf(all.forms);
    return () ->
        Stream.concat(forms.stream(), forms.stream().flatMap(Readings::inLowerCase)).iterator();
  }

  /** Where that is not the form itself. */
  private static Stream<String> inLowerCase(String form) {
    Set<String> all = new LinkedHashSet<>();
    all.add(form.toLowerCase(Locale.ROOT));
    if (!Ascii.isAll(form)) {
      // Whoever compares in upper case as well takes some letters for others, or for two.
      all.add(form.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT));
      all.add(folded(form));
    }
    all.remove(form);
    return all.stream();
  }

  /** Each by itself, as {@link String#equalsIgnoreCase} has it. */
  private static String folded(String form) {
    char[] all = form.toCharArray();
    for (int i = 0; i < all.length; i++)
      all[i] = Character.toLowerCase(Character.toUpperCase(all[i]));
    return new String(all);
  }

  /** True where what a denial alone looks at is the only doubt. */
  static boolean isOne(String url, int start, int end) {
    return Doubts.inPath(url, start, end).areOfDenials() && Doubts.inQuery(url, end).areOfDenials();
  }

  private static List<String> paths(String path, boolean plain, List<UnaryOperator<String>> steps)
      throws InvalidDestinationException {
    return plain ? List.of(path) : closed(List.of(path), steps);
  }

  private static List<String> closed(List<String> begin, List<UnaryOperator<String>> steps)
      throws InvalidDestinationException {
    Closure paths = new Closure(steps, PATH_DECODERS, MAX_PATHS, MAX_CHARACTERS);
    return List.copyOf(paths.of(begin));
  }

  /**
   * And what a URL is about that stands in front in place of a path. A denial has to look at that;
   * permission does not, since what a gateway is asked for by such a path is no path of its own.
   */
  private static List<String> withAbsolute(List<String> paths) throws InvalidDestinationException {
    List<String> all = new ArrayList<>(paths);
    for (String path : paths) {
      String inner = PathStep.withoutOrigin(path);
      if (!inner.equals(path)) all.add(inner);
    }
    return all.size() == paths.size() ? paths : closed(all, ALL_STEPS);
  }

  /** A query as it came, and without needless escapes. */
  private static List<String> asSent(String mark) {
    return Stream.of(mark, Percent.normalise(mark)).distinct().toList();
  }

  private static List<String> queries(String mark) throws InvalidDestinationException {
    if (Doubts.inQuery(mark, 0) == Doubts.NONE) return List.of(mark);
    Closure queries = new Closure(QUERY_STEPS, QUERY_DECODERS, MAX_PATHS, MAX_CHARACTERS);
    String split = mark.replace(';', '&');
    Set<String> all = new LinkedHashSet<>();
    int room = MAX_FORM_CHARACTERS;
    for (String query :
        queries.of(List.of(mark, mark.replace('+', ' '), split, split.replace('+', ' ')))) {
      String named = '?' + PhpNames.in(query.substring(1), '&');
      for (String each : List.of(query, query.replace('+', ' '), named))
        if (all.add(each)) room -= each.length();
      if (room < 0) throw tooMany();
    }
    return texts(List.copyOf(all));
  }

  /** Octets as they are read: as UTF-8, and what is none as Latin-1 too. */
  private static List<String> texts(List<String> octets) {
    List<String> texts = new ArrayList<>();
    for (String path : octets) {
      String text = Octets.asUtf8(path);
      texts.add(text);
      if (text.indexOf('\ufffd') >= 0) texts.add(path);
    }
    return texts;
  }

  private void add(List<String> paths, List<String> queries) throws InvalidDestinationException {
    for (String path : texts(paths)) for (String query : queries) add(origin + path + query);
  }

  private void add(String form) throws InvalidDestinationException {
    if (!forms.add(form)) return;
    room -= form.length();
    if (room < 0 || forms.size() > MAX_FORMS) throw tooMany();
  }

  static InvalidDestinationException tooMany() {
    return new InvalidDestinationException(
        "the path and query can be read in too many ways: send it with fewer escapes");
  }

  /** How many there are at the most, lower case counted, without working them out. */
  static int atMost(String url, int start, int end) {
    int paths = Doubts.inPath(url, start, end).paths();
    int queries = Doubts.inQuery(url, end).queries();
    // What is no UTF-8 is read as Latin-1, too, and in up to four ways where case is folded.
    boolean octets = paths * queries >= MAX_PATHS && url.indexOf('%', start) >= 0;
    if (octets) return 4 * Math.min(MAX_FORMS, 2 * paths * queries);
    if (paths * queries > 1) return 2 * Math.min(MAX_FORMS, paths * queries);
    return hasUpperCase(url, start) ? 2 : 1;
  }

  private static boolean hasUpperCase(String ascii, int start) {
    for (int i = start; i < ascii.length(); i++) {
      char c = ascii.charAt(i);
      if (c >= 'A' && c <= 'Z') return true;
    }
    return false;
  }

  /** How many steps it takes at the most to work them out, of some nanoseconds each. */
  static long cost(String url, int start, int end) {
    long closures =
        closure(Doubts.inPath(url, start, end).paths(), end - start)
            + closure(Doubts.inQuery(url, end).queries(), url.length() - end);
    long length = (long) url.length() - start;
    return closures * ALL_STEPS.size()
        + Math.min(atMost(url, start, end) * length, MAX_FORM_CHARACTERS);
  }

  /** The characters that are worked through; none of what has one reading. */
  private static long closure(int readings, int length) {
    return readings == 1 ? 0 : Math.min((long) readings * length, MAX_CHARACTERS);
  }
}
