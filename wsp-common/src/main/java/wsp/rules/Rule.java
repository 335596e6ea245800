package wsp.rules;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import wsp.envelope.Headers;

/**
 * One rule: patterns for parts of a request, of which all that are given must match. A pattern has
 * RE2's syntax, as in Go, is searched for anywhere, and takes time in proportion to the text.
 * Immutable; safe for all threads.
 */
public final class Rule {
  private final @Nullable Pattern method;
  private final @Nullable Pattern url;
  private final Map<String, Pattern> headers;

  private Rule(@Nullable Pattern method, @Nullable Pattern url, Map<String, Pattern> headers) {
    this.method = method;
    this.url = url;
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
    Map<String, Pattern> compiled = new LinkedHashMap<>();
    headers.forEach((name, pattern) -> compiled.put(name, compile("headers: " + name, pattern)));
    return new Rule(
        method == null ? null : compile("method", method),
        url == null ? null : compile("url", url),
        compiled);
  }

  private static Pattern compile(String part, String pattern) {
    try {
      return Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          part + ": a pattern is expected, not '" + pattern + "': " + e.getDescription(), e);
    } catch (StackOverflowError e) {
      throw new IllegalArgumentException(part + ": the pattern is nested too deeply", e);
    }
  }

  /** True if any of the forms of the URL matches, and any value of each field. */
  boolean matchesAny(String method, List<String> forms, Headers fields) {
    return methodMatches(method)
        && headersMatch(fields, false)
        && (url == null || forms.stream().anyMatch(this::urlMatches));
  }

  /** True if this form of the URL matches, and every value of each field. */
  boolean matchesWholly(String method, String form, Headers fields) {
    return methodMatches(method) && headersMatch(fields, true) && urlMatches(form);
  }

  private boolean methodMatches(String text) {
    return method == null || found(method, text);
  }

  private boolean urlMatches(String form) {
    return url == null || found(url, form);
  }

  private boolean headersMatch(Headers fields, boolean everyValue) {
    for (Map.Entry<String, Pattern> header : headers.entrySet()) {
      List<String> values = fields.all(header.getKey());
      // The original looks up one value, which is empty where there is none.
      Stream<String> texts = values.isEmpty() ? Stream.of("") : values.stream();
      Predicate<String> matches = text -> found(header.getValue(), text);
      if (!(everyValue ? texts.allMatch(matches) : texts.anyMatch(matches))) return false;
    }
    return true;
  }

  private static boolean found(Pattern pattern, String text) {
    return pattern.matcher(text).find();
  }

  /** Steps that matching may take: those of each pattern for each character. */
  long cost(long methodLength, long urlLength, Headers fields) {
    long cost = size(method) * methodLength + size(url) * urlLength;
    for (Map.Entry<String, Pattern> header : headers.entrySet()) {
      long length = 0;
      for (String value : fields.all(header.getKey())) length += value.length();
      cost += size(header.getValue()) * length;
    }
    return cost;
  }

  private static long size(@Nullable Pattern pattern) {
    return pattern == null ? 0 : pattern.programSize();
  }

  /** The parts under the names that the original prints; those not given are empty. */
  public Map<String, Object> describe() {
    Map<String, String> patterns = new LinkedHashMap<>();
    headers.forEach((name, pattern) -> patterns.put(name, pattern.pattern()));
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("Method", method == null ? "" : method.pattern());
    parts.put("URL", url == null ? "" : url.pattern());
    parts.put("Headers", patterns);
    return parts;
  }
}
