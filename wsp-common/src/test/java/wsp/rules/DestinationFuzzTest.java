package wsp.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import wsp.destination.Destination;
import wsp.destination.InvalidDestinationException;
import wsp.envelope.Headers;
import wsp.testing.Distinct;
import wsp.testing.Seeds;

/**
 * What holds of every text that is a destination, and of what the rules say of it. Here for the
 * seeds; under the profile {@code fuzz} a fuzzer looks for more. The input is the text.
 */
public class DestinationFuzzTest {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Far more than is needed, and far less than time in proportion to the square would be. */
  private static final long NANOS_PER_CHARACTER = 100_000;

  private static final long NANOS_TO_START = 1_000_000_000;
  private static final int LONG = 16_384;

  /** What that one takes for a host: no underscore, no hyphen at an end, a letter in the end. */
  private static final String JDK_HOST =
      "[0-9.]+|[0-9a-f:.]*:.*|([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)*[a-z]([a-z0-9-]*[a-z0-9])?";

  /** Letters, digits and '-', '.', '_', '~'. */
  private static final Pattern UNRESERVED =
      Pattern.compile("%(2[DEde]|3[0-9]|[46][1-9A-Fa-f]|[57][0-9Aa]|5[Ff]|7[Ee])");

  private static final AccessRules NO_HOST = denying("^http://forbidden\\.test/");
  private static final AccessRules NO_LOOPBACK = denying("^https?://127\\.0\\.0\\.1[:/]");
  private static final AccessRules NO_SECRET = denying("^https?://[^/]+/secret(/|\\?|$)");
  private static final AccessRules NO_METHOD = denying("[?&]_method=");
  private static final AccessRules ONLY_PUBLIC =
      AccessRules.of(List.of(), List.of(rule("^https?://[^/]+/public/")));

  private static AccessRules denying(String url) {
    return AccessRules.of(List.of(rule(url)), List.of());
  }

  private static Rule rule(String url) {
    return Rule.of(null, url, Map.of());
  }

  @ParameterizedTest
  @ArgumentsSource(Seeds.class)
  void holdsOfTheSeed(byte[] seed) {
    fuzzerTestOneInput(seed);
  }

  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    check(text);
    // Few enough to leave time for others.
    if (Arrays.hashCode(input) % 1024 == 0 && !text.isEmpty()) isJudgedInLinearTime(text);
  }

  /** With the path again and again, to show what grows faster than its text. */
  private static void isJudgedInLinearTime(String text) {
    String again = text.substring(Math.max(text.indexOf('/', 8), 0));
    String longText = text + again.repeat(Math.max(0, LONG - text.length()) / again.length());
    long before = THREADS.getCurrentThreadCpuTime();
    try {
      judged(NO_SECRET, Destination.parse(longText));
    } catch (InvalidDestinationException e) {
      // Refusing it takes its time too.
    }
    long nanos = THREADS.getCurrentThreadCpuTime() - before;
    assertTrue(
        nanos < NANOS_TO_START + NANOS_PER_CHARACTER * longText.length(),
        () -> longText.length() + " characters took " + nanos / 1_000_000 + " ms");
  }

  private static void check(String text) {
    Destination d;
    try {
      d = Destination.parse(text);
    } catch (InvalidDestinationException e) {
      assertTrue(e.getMessage().matches("[ -~]+"), e.getMessage());
      return;
    }
    isCanonical(d);
    isTheSameForTheJdk(d);
    isAnAddressInOneSpellingOnly(d.host());
    isJudgedAsWhatItIs(d);
    isJudgedAsWhatItMayBeTakenFor(d);
    hasNoParameterThatIsDenied(d);
    isNoMoreThanItWasSaidToBe(d);
  }

  /** As PHP names parameters, and as those do who take a semicolon for the end of one. */
  private static void hasNoParameterThatIsDenied(Destination d) {
    String[] target = d.requestTarget().split("\\?", 2);
    for (String separator : List.of("&", "[&;]"))
      for (String pair : target.length < 2 ? new String[0] : target[1].split(separator)) {
        String[] named = pair.split("=", 2);
        String name = decode(named[0], true).replaceAll("^ +", "").split("\0", 2)[0];
        if (named.length == 2 && name.matches("[_. ]method"))
          assertEquals(Verdict.FORBIDDEN, judged(NO_METHOD, d), d.url());
      }
  }

  private static void isCanonical(Destination d) {
    try {
      Destination again = Destination.parse(d.url());
      assertEquals(d.url(), again.url());
      assertEquals(d.host(), again.host());
      assertEquals(d.port(), again.port());
      assertEquals(d.requestTarget(), again.requestTarget());
    } catch (InvalidDestinationException e) {
      throw new AssertionError(d.url() + " is refused", e);
    }
    assertTrue(d.url().length() <= Destination.MAX_LENGTH, d.url());
    assertTrue(d.requestTarget().startsWith("/"), d.url());
    for (int i = 0; i < d.url().length(); i++) {
      char c = d.url().charAt(i);
      assertTrue(c > ' ' && c < 0x7f && "\\\"<>^`{|}#".indexOf(c) < 0, d.url());
    }
  }

  private static void isNoMoreThanItWasSaidToBe(Destination d) {
    try {
      assertTrue(Distinct.of(d.deniedForms()).size() <= d.formsAtMost(), d.url());
    } catch (InvalidDestinationException e) {
      assertTrue(d.formsAtMost() > 1, d.url());
    }
  }

  /** A second reader finds the same in it. */
  private static void isTheSameForTheJdk(Destination d) {
    // A lone percent sign in a query is more than that one takes.
    URI uri = URI.create(d.url().replaceAll("%(?![0-9A-Fa-f]{2})", "-"));
    String host = d.host().indexOf(':') < 0 ? d.host() : "[" + d.host() + "]";
    if (d.host().matches(JDK_HOST) || uri.getHost() != null)
      assertEquals(host, uri.getHost(), d.url());
    assertEquals(d.authority(), uri.getRawAuthority());
    assertEquals(d.scheme(), uri.getScheme());
    int question = d.requestTarget().indexOf('?');
    String path = question < 0 ? d.requestTarget() : d.requestTarget().substring(0, question);
    assertEquals(path, uri.getRawPath(), d.url());
    assertEquals(null, uri.getRawFragment());
    assertEquals(null, uri.getRawUserInfo());
  }

  private static void isAnAddressInOneSpellingOnly(String host) {
    boolean literal = host.indexOf(':') >= 0 || host.matches("(.*\\.)?(0x[0-9a-f]*|[0-9]+)");
    if (!literal) return;
    try {
      // Literals are read, not looked up.
      InetAddress address = InetAddress.getByName(host);
      boolean four = address.getAddress().length == 4;
      assertEquals(four, host.indexOf(':') < 0, host);
      if (four) assertEquals(address.getHostAddress(), host);
    } catch (UnknownHostException e) {
      throw new AssertionError(host, e);
    }
  }

  private static void isJudgedAsWhatItIs(Destination d) {
    if (d.authority().equals("forbidden.test") && !d.secure())
      assertEquals(Verdict.FORBIDDEN, judged(NO_HOST, d), d.url());
    if (d.host().equals("127.0.0.1"))
      assertEquals(Verdict.FORBIDDEN, judged(NO_LOOPBACK, d), d.url());
    if (!d.requestTarget().startsWith("/public/"))
      assertEquals(Verdict.NOT_ALLOWED, judged(ONLY_PUBLIC, d), d.url());
  }

  private static Verdict judged(AccessRules rules, Destination d) {
    return rules.judge("GET", d, Headers.EMPTY);
  }

  /** Whatever an origin does, in whatever order and how often, it does not get past a rule. */
  private static void isJudgedAsWhatItMayBeTakenFor(Destination d) {
    String path = d.requestTarget().split("\\?", 2)[0];
    Set<String> taken = new HashSet<>();
    for (int style = 0; style < 32; style++) {
      Origin origin =
          new Origin(
              (style & 1) > 0, (style & 2) > 0, (style & 4) > 0, (style & 8) > 0, (style & 16) > 0);
      origin.take(path, 0, taken);
      origin.take(withoutNeedlessEscapes(path), 0, taken);
    }
    for (String file : List.copyOf(taken)) taken.add(onWindows(file));
    boolean denied = judged(NO_SECRET, d) != Verdict.ALLOWED;
    boolean allowed = judged(ONLY_PUBLIC, d) == Verdict.ALLOWED;
    for (String resolved : taken) {
      if (resolved.matches("(?s)/secret(/.*)?")) assertTrue(denied, d.url() + " is " + resolved);
      if (!(resolved + "/").startsWith("/public/"))
        assertFalse(allowed, d.url() + " is " + resolved);
    }
  }

  /**
   * "File path formats on Windows systems", trim characters: a dot at the end of a segment, and all
   * dots and blanks at the end of the path; then the stream that a file has by default.
   */
  private static String onWindows(String path) {
    String trimmed =
        path.replaceAll("(?<=[^/.])\\.(?=/)", "").replaceAll("(?<=[^/. ])[. ]+\\z", "");
    return trimmed.replaceAll("(?i)::\\$DATA\\z|:\\$I30:\\$INDEX_ALLOCATION(?=/)", "");
  }

  /**
   * A way to read paths.
   *
   * @param merges empty segments do not count
   * @param strips path parameters do not count
   * @param turns a backslash is a slash
   * @param soon dot segments are looked for before each decoding, and not only after the last
   * @param forms paths are decoded as forms are, and their segments trimmed
   */
  private record Origin(
      boolean merges, boolean strips, boolean turns, boolean soon, boolean forms) {
    void take(String path, int decoded, Set<String> taken) {
      String seen = strips ? path.replaceAll(";[^/]*", "") : path;
      if (turns) seen = seen.replace('\\', '/');
      if (forms) seen = seen.replaceAll("[ \\p{Cntrl}]*/[ \\p{Cntrl}]*|[ \\p{Cntrl}]*\\z", "/");
      String resolved = resolve(seen);
      taken.add(resolved);
      if (decoded < 2) take(decode(soon ? resolved : seen, forms), decoded + 1, taken);
    }

    private String resolve(String path) {
      Deque<String> kept = new ArrayDeque<>();
      for (String segment : path.substring(1).split("/", -1)) {
        if (segment.equals("..")) kept.pollLast();
        else if (!segment.equals(".") && !(merges && segment.isEmpty())) kept.addLast(segment);
      }
      // What is found is looked up with single slashes by all of them.
      return "/" + String.join("/", kept).replaceAll("//+", "/").replaceAll("^/", "");
    }
  }

  private static String withoutNeedlessEscapes(String path) {
    Matcher escape = UNRESERVED.matcher(path);
    return escape.replaceAll(e -> String.valueOf((char) Integer.parseInt(e.group(1), 16)));
  }

  private static String decode(String path, boolean form) {
    String whole = path.replaceAll("%(?![0-9A-Fa-f]{2})", "%25");
    return URLDecoder.decode(form ? whole : whole.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
