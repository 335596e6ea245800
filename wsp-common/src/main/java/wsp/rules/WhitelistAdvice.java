package wsp.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import wsp.destination.Destination;
import wsp.destination.InvalidDestinationException;
import wsp.envelope.Headers;

/**
 * Patterns of a whitelist that allow hosts which were not meant: each is tried on URLs made of its
 * own samples, by the very rules that judge requests. Takes its time. Stateless.
 */
final class WhitelistAdvice {
  /** A host that belongs to a stranger. */
  private static final String OTHER = "evil.example";

  /** One without letters. */
  private static final String ADDRESS = "192.0.2.9";

  /** Texts that a stranger may put behind a host that has no end. */
  private static final List<String> ENDS = List.of("." + OTHER, OTHER, "-" + OTHER);

  private final Rule rule;
  private final AccessRules alone;

  private WhitelistAdvice(String pattern) {
    rule = Rule.of(null, pattern, Map.of());
    alone = AccessRules.of(List.of(), List.of(rule));
  }

  /** The fault of the pattern of a rule's URL, and what to do; null if it has none. */
  static @Nullable String of(String pattern) {
    WhitelistAdvice advice = new WhitelistAdvice(pattern);
    if (advice.allowsAllHosts("http") && advice.allowsAllHosts("https")) return null;
    for (String sample : PatternSamples.of(pattern)) {
      String problem = advice.rule.matchesUrl(sample) ? advice.problem(sample) : null;
      if (problem != null) return problem;
    }
    return null;
  }

  private @Nullable String problem(String sample) {
    if (rule.matchesUrl("!" + sample)) return unanchored(sample);
    int start = sample.indexOf("://") + 3;
    if (start < 3 || start == sample.length()) return null;
    int end = endOfHost(sample, start);
    String before = sample.substring(0, start);
    String host = sample.substring(start, end);
    String after = sample.substring(end);
    // A rule for any host means any host.
    if (host.isEmpty() || allowed(before + OTHER + after) != null) return null;
    return open(before, host, after);
  }

  private @Nullable String open(String before, String host, String after) {
    for (String more : ENDS) {
      String url = allowed(before + host + more + after);
      if (url != null)
        return "it also allows " + url + ": let a slash, or (:[0-9]+)?/, end the host";
    }
    String url = allowed(before + OTHER + "/" + host + after);
    if (url == null) return null;
    return "it also allows " + url + ": a host has no slash, so write [^/]* for .* in it";
  }

  private String unanchored(String sample) {
    String url = allowed("http://" + OTHER + "/?" + sample);
    return (url == null ? "it matches anywhere in a URL" : "it also allows " + url)
        + ": anchor it with ^ at its beginning, before the scheme";
  }

  private boolean allowsAllHosts(String scheme) {
    // One alone may have the very letters that are searched for.
    return allowed(scheme + "://" + OTHER + "/") != null
        && allowed(scheme + "://" + ADDRESS + "/") != null;
  }

  /** The URL that a text is, with a path, if it is allowed; or null. */
  private @Nullable String allowed(String text) {
    try {
      Destination destination = Destination.parse(text);
      boolean allows = alone.judge("GET", destination, Headers.EMPTY) == Verdict.ALLOWED;
      return allows ? destination.url() : null;
    } catch (InvalidDestinationException e) {
      return null;
    }
  }

  private static int endOfHost(String url, int start) {
    int end = start;
    boolean literal = url.startsWith("[", start);
    while (end < url.length() && (literal ? "/?#" : ":/?#").indexOf(url.charAt(end)) < 0) end++;
    return end;
  }

  /** A line for each rule of a whitelist that allows too much, beginning with its place. */
  static List<String> of(List<Rule> whitelist) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < whitelist.size(); i++) {
      String pattern = whitelist.get(i).urlPattern();
      String problem = pattern == null ? null : of(pattern);
      if (problem != null) lines.add("whitelist[" + i + "]: url: " + problem);
    }
    return lines;
  }
}
