package wsp.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wsp.destination.Destination;
import wsp.envelope.Headers;

class AccessRulesTest {
  private static List<Rule> urls(String... patterns) {
    return Arrays.stream(patterns).map(p -> Rule.of(null, p, Map.of())).toList();
  }

  static AccessRules black(String... patterns) {
    return AccessRules.of(urls(patterns), List.of());
  }

  static AccessRules white(String... patterns) {
    return AccessRules.of(List.of(), urls(patterns));
  }

  static Verdict judge(AccessRules rules, String url) throws Exception {
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
        Decision.of(
            Verdict.FORBIDDEN,
            "blacklist[1] method ^GET$, url ^http://a/x/y$, header X-Team ^red$",
            "http://a/x/y"),
        decide(rules, "http://a/x/z/../y"));
    assertEquals("", decide(rules, "http://b/").why());
  }

  @Test
  void aDenialByTheWhitelistSaysThatNoRuleMatchesAndWhichReadingFails() throws Exception {
    Decision decision = decide(white("^http://a/open/"), "http://a/open/../shut?x");
    assertEquals(Decision.of(Verdict.NOT_ALLOWED, "", "http://a/shut?x"), decision);
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
