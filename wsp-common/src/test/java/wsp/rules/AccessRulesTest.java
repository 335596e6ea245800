package wsp.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.destination.Destination;
import wsp.destination.InvalidDestinationException;
import wsp.envelope.Headers;

class AccessRulesTest {
  private static List<Rule> urls(String... patterns) {
    return Arrays.stream(patterns).map(p -> Rule.of(null, p, Map.of())).toList();
  }

  private static AccessRules black(String... patterns) {
    return AccessRules.of(urls(patterns), List.of());
  }

  private static AccessRules white(String... patterns) {
    return AccessRules.of(List.of(), urls(patterns));
  }

  private static Verdict judge(AccessRules rules, String url) throws Exception {
    return rules.judge("GET", Destination.parse(url), Headers.EMPTY);
  }

  @Test
  void withoutRulesEverythingIsAllowed() throws Exception {
    assertEquals(Verdict.ALLOWED, judge(AccessRules.NONE, "http://a/"));
    assertTrue(AccessRules.NONE.isEmpty());
    assertFalse(black("x").isEmpty());
    assertFalse(white("x").isEmpty());
  }

  @Test
  void theBlacklistComesFirst() throws Exception {
    AccessRules rules = AccessRules.of(urls("/denied"), urls("^http://a/"));
    assertEquals(Verdict.FORBIDDEN, judge(rules, "http://a/denied"));
    assertEquals(Verdict.FORBIDDEN, judge(rules, "http://b/denied"));
    assertEquals(Verdict.NOT_ALLOWED, judge(rules, "http://b/"));
    assertEquals(Verdict.ALLOWED, judge(rules, "http://a/"));
  }

  private static Decision decide(AccessRules rules, String url) throws Exception {
    return rules.decide("GET", Destination.parse(url), Headers.of("X-Team", "red"));
  }

  @Test
  void aDenialNamesTheFirstRuleThatDeniesAndTheReadingThatItMatched() throws Exception {
    AccessRules rules =
        AccessRules.of(
            List.of(
                Rule.of("^PUT$", null, Map.of()),
                Rule.of("^GET$", "^http://a/x/y$", Map.of("X-Team", "^red$")),
                Rule.of(null, "^http://a/x/y$", Map.of())),
            List.of());
    assertEquals(
        new Decision(
            Verdict.FORBIDDEN,
            "blacklist[1] method ^GET$, url ^http://a/x/y$, header X-Team ^red$",
            "http://a/x/y"),
        decide(rules, "http://a/x/z/../y"));
    assertEquals("", decide(rules, "http://b/").why());
  }

  @Test
  void aDenialByTheWhitelistSaysThatNoRuleMatchesAndWhichReadingFails() throws Exception {
    Decision decision = decide(white("^http://a/open/"), "http://a/open/../shut?x");
    assertEquals(new Decision(Verdict.NOT_ALLOWED, "", "http://a/shut?x"), decision);
    assertEquals("whitelist: no rule matches", decision.why());
  }

  @Test
  void whatIsSaidOfARuleIsBoundedAndHasNoSecrets() throws Exception {
    String longText = "x".repeat(1000);
    assertTrue(decide(black("a|" + longText), "http://a/").why().length() <= 240);
    AccessRules secret =
        AccessRules.of(
            List.of(Rule.of(null, null, Map.of("Authorization", "hunter2|.*"))), List.of());
    assertEquals("blacklist[0] header Authorization ***", decide(secret, "http://a/").why());
    AccessRules all = AccessRules.of(List.of(Rule.of(null, null, Map.of())), List.of());
    assertEquals("blacklist[0] everything", decide(all, "http://a/").why());
    assertEquals("http://a/", decide(all, "http://a/").form());
  }

  @Test
  void theTextsAreThoseOfTheOriginal() {
    assertEquals("Destination is forbidden", Verdict.FORBIDDEN.text());
    assertEquals("Destination is not allowed", Verdict.NOT_ALLOWED.text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/secret",
        "/%73ecret",
        "//secret",
        "/./secret",
        "/a/../secret",
        "/a/%2e%2e/secret",
        "/a/..%2fsecret",
        "/%2fsecret",
        "/secre%74",
        "/%2e/%73ecret",
        "/x/../%73%65cret",
        "/%5csecret",
        "/secret%00",
        "/%2573ecret",
        "/x%0ay%2fsecret",
        "/a?/secret",
        "/a?b=%2Fsecret",
        "/a?b=%2F%73ecret",
        "/SECRET",
        "//x/%53ecret",
        "/a?B=/Secret"
      })
  void noSpellingGetsPastTheBlacklist(String target) throws Exception {
    assertEquals(Verdict.FORBIDDEN, judge(black(".*/secret.*"), "http://a" + target));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//secret",
        "/./secret",
        "/a/../secret",
        "/a/..%2fsecret",
        "/%5csecret",
        "/%2573ecret",
        "/a/..;/secret",
        "/;a/secret",
        "/secret;a=b",
        "/a//../secret",
        "/a/b/%2e%2e%2f../secret",
        "/secret%00.png",
        "/secret?x",
        "/secret#x",
        "/secret%3fx",
        "/Secret?X",
        "//x/secret",
        "//u@x:80/a/..%2fsecret",
        "/a/..//x/secret",
        "/http://x/secret",
        "/a%c0%afb/..%2f..%2fsecret",
        "/%25u0073ecret",
        "/se%0acret"
      })
  void noSpellingGetsPastAnAnchoredBlacklist(String target) throws Exception {
    AccessRules rules = black("^http://a/secret(\\?.*)?$");
    assertEquals(Verdict.FORBIDDEN, judge(rules, "HTTP://A.:80" + target));
  }

  @Test
  void everyReadingHasToBeWhitelisted() throws Exception {
    AccessRules rules = white("^http://a/public/");
    assertEquals(Verdict.ALLOWED, judge(rules, "http://a/public/x"));
    assertEquals(Verdict.ALLOWED, judge(rules, "http://a/public/a%20b/../c;d//e?f=%2F..%2F"));
    for (String target :
        List.of(
            "/public/../private",
            "/public/%2e%2e/private",
            "/public/..%2fprivate",
            "/public/..%5cprivate",
            "/public/%252e%252e/private",
            "/public/..;/private",
            "/public/x//../../private",
            "/public",
            "/public/a%c0%afb/..%2f..%2fprivate",
            "/public/%c0%af/..%2f../private",
            "/public/a%5cb/..%2f..%2fprivate",
            "/public/a%25u002fb/..%252f..%252fprivate",
            "/public/..//x/private",
            "/public%3F/../private")) {
      assertEquals(Verdict.NOT_ALLOWED, judge(rules, "http://a" + target), target);
    }
  }

  @Test
  void caseDoesNotCountInABlacklist() throws Exception {
    AccessRules rules = black("^http://a/Admin[A-C]", "^http://a/\\S+/[^A-Z]$");
    for (String path : List.of("/Adminb", "/ADMINB", "/adminb", "/%41dmin%42", "/x/a", "/x/A"))
      assertEquals(Verdict.FORBIDDEN, judge(rules, "http://a" + path), path);
    for (String path : List.of("/admin", "/AdminD", "/x/yz"))
      assertEquals(Verdict.ALLOWED, judge(rules, "http://a" + path), path);
  }

  @Test
  void caseCountsInAWhitelist() throws Exception {
    AccessRules rules = white("^http://a/Pub/");
    assertEquals(Verdict.ALLOWED, judge(rules, "http://a/Pub/X"));
    assertEquals(Verdict.NOT_ALLOWED, judge(rules, "http://a/pub/X"));
  }

  private static final String UNCLEAR =
      "http://a/a;b%3bc/%2e%2e;/%252e%252e//..%2f%5c%00%3f%23//x/..//%2573;%2f";

  @Test
  void aUrlWithTooManyReadingsIsNoValidDestination() throws Exception {
    for (AccessRules rules : List.of(black("^http://a/x"), white("^http://a/"))) {
      Decision decision = decide(rules, UNCLEAR);
      assertEquals(Verdict.UNCLEAR, decision.verdict());
      assertTrue(decision.why().contains("can be read in too many ways"), decision.why());
    }
  }

  @Test
  void rulesThatNeedNoReadingsWorkOutNone() throws Exception {
    AccessRules others = black("^http://b/", "^https://a/", "^http://a:81/", "^http://ab");
    assertEquals(Verdict.ALLOWED, decide(others, UNCLEAR).verdict());
    assertEquals(0, others.cost("GET", Destination.parse(UNCLEAR), Headers.EMPTY));
    Rule method = Rule.of("^PUT$", "x", Map.of());
    Rule field = Rule.of(null, "x", Map.of("X-Team", "blue"));
    Rule get = Rule.of("^GET$", null, Map.of());
    AccessRules byOther = AccessRules.of(List.of(method, field), List.of(get));
    assertEquals(Verdict.ALLOWED, decide(byOther, UNCLEAR).verdict());
    assertEquals(Verdict.NOT_ALLOWED, decide(white("^http://a/pub/"), UNCLEAR).verdict());
    assertEquals(Verdict.FORBIDDEN, decide(black("^http://a/a;b"), UNCLEAR).verdict());
  }

  @Test
  void theCostCountsReadingsWhereverARuleMayMatchOne() throws Exception {
    Destination doubtful = Destination.parse("http://a" + "/x%3b.%25%23//%2ea".repeat(3_000));
    for (String url : List.of("^http://a/other", "^http://", "/other", "^http://a/(x|y)"))
      for (AccessRules rules : List.of(black(url), white(url)))
        assertTrue(rules.cost("GET", doubtful, Headers.EMPTY) > 5_000_000, url);
  }

  @Test
  void differentRulesMayAllowDifferentReadings() throws Exception {
    String url = "http://a/x%20y";
    assertEquals(Verdict.NOT_ALLOWED, judge(white("/x%20y$"), url));
    assertEquals(Verdict.NOT_ALLOWED, judge(white("/x y$"), url));
    assertEquals(Verdict.ALLOWED, judge(white("/x%20y$", "/x y$"), url));
  }

  @Test
  void aQueryIsWhitelistedAsItIsSent() throws Exception {
    assertEquals(Verdict.ALLOWED, judge(white("\\?q=[^&]*$"), "http://a/?q=b%26c"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://allowed.test@evil/",
        "http://allowed.test\\@evil/",
        "http://allowed.test/\\@evil/",
        "http://allowed.test\t@evil/",
        "http://allowed.test/\t@evil/",
        "http://allowed.test\0@evil/",
        "http://allowed.test%00@evil/",
        "http://allowed.test%2F@evil/",
        "http://allowed.test:x@evil/",
        "http://allowed.test:80@evil/",
        "http://evil/http://allowed.test/",
        "http://evil/#http://allowed.test/",
        "http://evil?http://allowed.test/",
        "http://evil\\http://allowed.test/",
        "http:/\\evil/",
        "http:\\\\evil/",
        "\nhttp://allowed.test/\nhttp://evil/",
        "http://evil/ http://allowed.test/",
        "http://allowed.test\u2044@evil/",
        "http://allowed.test\uff0f@evil/",
        "http://allowed.test\uff0f.evil/",
        "http://allowed.test.evil/",
        "http://allowed.test:81/",
        "https://allowed.test/",
        "http://evil/%0ahttp://allowed.test/"
      })
  void noSpellingReachesAnotherHost(String url) throws Exception {
    try {
      assertEquals(Verdict.NOT_ALLOWED, judge(white("^http://allowed\\.test/"), url));
    } catch (InvalidDestinationException refused) {
      assertThrows(InvalidDestinationException.class, () -> Destination.parse(url));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://allowed.test",
        "HTTP://ALLOWED.TEST/",
        "http://allowed.test.:80/x",
        "http://allowed.test:/",
        "http://allowed.test/@evil/",
        "http://allowed.test/#@evil",
        "http://ａllowed.test/"
      })
  void otherSpellingsOfTheAllowedHostAreThatHost(String url) throws Exception {
    assertEquals(Verdict.ALLOWED, judge(white("^http://allowed\\.test/"), url));
    assertEquals("allowed.test", Destination.parse(url).host());
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void matchingTakesTimeInProportionToTheText() throws Exception {
    AccessRules rules = black("(a+)+$", "^(.*a){25}$", "(a|aa)+$", "^(a?){50}a{50}$");
    Destination d = Destination.parse("http://a/" + "a".repeat(65_000) + "!");
    // A backtracking matcher would not come back from the first 30 characters.
    assertEquals(Verdict.ALLOWED, rules.judge("GET", d, Headers.EMPTY));
  }

  @Test
  void theCostGrowsWithPatternsTextAndReadings() throws Exception {
    Destination small = Destination.parse("http://a/" + "a".repeat(100));
    Destination large = Destination.parse("http://a/" + "a".repeat(10_000));
    Destination tricky = Destination.parse("http://a/" + "%61".repeat(3_333) + "/../;//");
    long cost = black("abc").cost("GET", small, Headers.EMPTY);
    assertTrue(black("abc").cost("GET", large, Headers.EMPTY) > 50 * cost);
    assertTrue(black("(abc){100}").cost("GET", small, Headers.EMPTY) > 50 * cost);
    assertTrue(
        black("abc").cost("GET", tricky, Headers.EMPTY)
            > black("abc").cost("GET", large, Headers.EMPTY));
    assertEquals(0, AccessRules.NONE.cost("GET", large, Headers.EMPTY));
    AccessRules byHeader =
        AccessRules.of(List.of(), List.of(Rule.of("GET", null, Map.of("X", "abc"))));
    assertTrue(
        byHeader.cost("GET", large, Headers.of("x", "y".repeat(1_000)))
            > byHeader.cost("GET", large, Headers.EMPTY) + 1_000);
  }

  @Test
  void theListsCanBePrinted() {
    AccessRules rules = AccessRules.of(urls("b"), urls("w"));
    assertEquals("[{Method=, URL=b, Headers={}}]", rules.blacklist().toString());
    assertEquals("[{Method=, URL=w, Headers={}}]", rules.whitelist().toString());
  }
}
