package wsp.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import wsp.envelope.FieldLists;
import wsp.envelope.FieldNames;

/**
 * One rule: patterns for parts of a request, of which all that are given must match. A pattern has
 * RE2's syntax, as in Go, is searched for anywhere, and takes time in proportion to the text.
 * Immutable; safe for all threads.
 */
public final class Rule {
  private static final int MAX_WORDS = 200;
  private static final FieldNames DESTINATION = FieldNames.of("X-PROXY-DESTINATION");

  private final @Nullable Search method;
  private final @Nullable Search url;

  /** All that a URL has to match: the field that names it is judged as the URL itself is. */
  private final List<Search> urls;

  private final Map<String, Search> headers;

  private Rule(
      @Nullable Search method,
      @Nullable Search url,
      List<Search> urls,
      Map<String, Search> headers) {
    this.method = method;
    this.url = url;
    this.urls = urls;
    this.headers = headers;
  }

  /**
   * A rule of patterns; null is a part that does not matter.
   *
   * @throws IllegalArgumentException for a bad pattern, with a text of one line that says of which
   *     part and why
   */
  public static Rule of(
      @Nullable String method, @Nullable String url, Map<String, String> headers) {
    Map<String, Search> compiled = new LinkedHashMap<>();
    headers.forEach((name, pattern) -> compiled.put(name, compileHeader(name, pattern)));
    Search urlSearch = url == null ? null : compile("url", url);
    return new Rule(
        method == null ? null : compile("method", method),
        urlSearch,
        urls(urlSearch, compiled),
        compiled);
  }

  private static List<Search> urls(@Nullable Search url, Map<String, Search> headers) {
    List<Search> all = new ArrayList<>();
    if (url != null) all.add(url);
    headers.forEach(
        (name, search) -> {
          if (DESTINATION.test(name)) all.add(search);
        });
    return List.copyOf(all);
  }

  private static Search compile(String part, String pattern) {
    return Search.compile(part + ": a pattern is expected, not '" + pattern + "'", pattern);
  }

  /** The pattern of a header may be a secret and is not quoted. */
  private static Search compileHeader(String name, String pattern) {
    return Search.compile("headers: " + name + ": a pattern is expected", pattern);
  }

  /**
   * This rule for URLs in any case, of which one in lower case is among the forms to be matched:
   * there are origins that do not tell {@code /Admin} from {@code /admin}.
   */
  Rule inAnyCase() {
    List<Search> folded = urls.stream().map(Search::inAnyCase).toList();
    return new Rule(method, url, folded, headers);
  }

  /** True unless any URL will do. */
  boolean readsUrl() {
    return !urls.isEmpty();
  }

  /** True if everything but the URL matches: any value of each field, or every one. */
  boolean matchesBut(String method, FieldReadings fields, boolean everyValue) {
    return methodMatches(method) && headersMatch(fields, everyValue);
  }

  /** With one of these every URL begins that matches; empty: that cannot be told. */
  List<String> urlPrefixes() {
    return urls.isEmpty() ? List.of("") : urls.get(0).prefixes();
  }

  /** True if this form of the URL matches, and any value of each field. */
  boolean matchesAny(String method, String form, FieldReadings fields) {
    return matchesUrl(form) && methodMatches(method) && headersMatch(fields, false);
  }

  /** True if this form of the URL matches, and every value of each field. */
  boolean matchesWholly(String method, String form, FieldReadings fields) {
    return matchesUrl(form) && methodMatches(method) && headersMatch(fields, true);
  }

  /** The pattern for the URL as it was given, or null. */
  @Nullable String urlPattern() {
    return url == null ? null : url.toString();
  }

  boolean matchesUrl(String form) {
    for (Search each : urls) if (!each.findsIn(form)) return false;
    return true;
  }

  /** True if it reads the values of this field, or of one that an origin may take for it. */
  boolean readsField(String name) {
    for (String read : headers.keySet()) if (FieldNames.areAlike(read, name)) return true;
    return false;
  }

  private boolean methodMatches(String text) {
    return method == null || method.findsIn(text);
  }

  private boolean headersMatch(FieldReadings fields, boolean everyValue) {
    return headers.isEmpty()
        || fields.match(this, everyValue, () -> valuesMatch(fields, everyValue));
  }

  private boolean valuesMatch(FieldReadings fields, boolean everyValue) {
    for (Map.Entry<String, Search> header : headers.entrySet()) {
      if (DESTINATION.test(header.getKey())) continue;
      String name = header.getKey();
      if (fields.areTooMany(name)) {
        if (everyValue) return false;
        continue;
      }
      Stream<String> texts = (everyValue ? fields.of(name) : fields.denied(name)).stream();
      Predicate<String> matches = text -> header.getValue().findsIn(text);
      if (!(everyValue ? texts.allMatch(matches) : texts.anyMatch(matches))) return false;
    }
    return true;
  }

  /** Steps that matching may take: those of each pattern for each character of all forms. */
  long cost(long methodLength, long urlLength, FieldReadings fields) {
    long cost = size(method) * methodLength;
    for (Search each : urls) cost += each.size() * urlLength;
    for (Map.Entry<String, Search> header : headers.entrySet()) {
      if (DESTINATION.test(header.getKey())) continue;
      cost += size(header.getValue()) * fields.lengthAtMost(header.getKey());
    }
    return cost;
  }

  private static long size(@Nullable Search search) {
    return search == null ? 0 : search.size();
  }

  /**
   * The parts under the names that the original prints; those not given are empty, and what would
   * give a secret away is masked.
   */
  public Map<String, Object> describe() {
    Map<String, String> patterns = new LinkedHashMap<>();
    headers.forEach((name, pattern) -> patterns.put(name, shown(name, pattern)));
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("Method", method == null ? "" : method.toString());
    parts.put("URL", url == null ? "" : url.toString());
    parts.put("Headers", patterns);
    return parts;
  }

  /** The parts that matter, in one line for logs and cut to a sensible length. */
  String inWords() {
    List<String> parts = new ArrayList<>();
    if (method != null) parts.add("method " + method);
    if (url != null) parts.add("url " + url);
    headers.forEach((name, pattern) -> parts.add("header " + name + " " + shown(name, pattern)));
    String words = parts.isEmpty() ? "everything" : String.join(", ", parts);
    return words.length() <= MAX_WORDS ? words : words.substring(0, MAX_WORDS) + "…";
  }

  private static String shown(String name, Search pattern) {
    return FieldLists.isSecret(name) ? "***" : pattern.toString();
  }
}
