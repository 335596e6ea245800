package wsp.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import wsp.envelope.Headers;
import wsp.rules.AccessRules;
import wsp.rules.Rule;

class ExplanationTest {
  private static Explanation of(String url) {
    return new Explanation(new Question(Path.of("x"), url, "GET", Headers.EMPTY, "", "", false));
  }

  private static AccessRules deny(String url) {
    return AccessRules.of(List.of(Rule.of(null, url, Map.of())), List.of());
  }

  private static String text(Explanation explanation) {
    StringBuilder text = new StringBuilder();
    for (Explanation.Row row : explanation.rows())
      text.append(row.label()).append(" | ").append(row.text()).append('\n');
    return text + explanation.verdict();
  }

  @Test
  void theRuleAndTheReadingThatItDeniesAreNamed() {
    Explanation explanation = of("http://A.test:80/x/%2e%2e/secret?q=%41");
    explanation.judge("rules", deny("^http://a\\.test/secret"), Headers.EMPTY);
    assertFalse(explanation.allowed());
    String text = text(explanation);
    assertTrue(text.contains("canonical | http://a.test/x/%2e%2e/secret?q=%41\n"), text);
    assertTrue(text.contains("rules | denied by blacklist[0] url ^http://a\\.test/secret\n"), text);
    assertTrue(text.contains(" | as http://a.test/secret?q="), text);
    assertTrue(text.endsWith("denied: Destination is forbidden"), text);
  }

  @Test
  void everyRuleOfTheWhitelistThatIsNeededIsNamed() {
    AccessRules rules =
        AccessRules.of(
            List.of(),
            List.of(Rule.of(null, "/\\.\\./", Map.of()), Rule.of("GET", "/b", Map.of())));
    Explanation explanation = of("http://a.test/a/../b");
    explanation.judge("rules", rules, Headers.EMPTY);
    String text = text(explanation);
    assertTrue(text.contains("rules | allowed by whitelist[0] url /\\.\\./\n"), text);
    assertTrue(text.contains(" | and by whitelist[1] method GET, url /b\n"), text);
    assertTrue(text.endsWith("\nallowed"), text);
  }

  @Test
  void whatNoRuleAllowsIsSaid() {
    AccessRules rules = AccessRules.of(List.of(), List.of(Rule.of("^PUT$", null, Map.of())));
    Explanation explanation = of("http://a.test/");
    explanation.judge("rules", rules, Headers.EMPTY);
    String text = text(explanation);
    assertTrue(text.contains("rules | denied by whitelist: no rule matches\n"), text);
    assertTrue(text.endsWith("denied: Destination is not allowed"), text);
  }

  @Test
  void theFirstWhoDeniesHasTheLastWord() {
    Explanation explanation = of("http://a.test/");
    explanation.judge("first", AccessRules.NONE, Headers.EMPTY);
    explanation.judge("second", deny("a.test"), Headers.EMPTY);
    explanation.judge("third", deny("a.test"), Headers.EMPTY);
    explanation.deny("more");
    explanation.invalid("more");
    assertNull(explanation.destination());
    String text = text(explanation);
    assertTrue(text.contains("first | allowed: there are none\n"), text);
    assertFalse(text.contains("third") || text.contains("more"), text);
  }

  @Test
  void whatIsNoDestinationIsNotJudged() {
    Explanation explanation = of("ftp://a.test/");
    explanation.judge("rules", deny("."), Headers.EMPTY);
    assertEquals(
        "request | GET ftp://a.test/\n"
            + "no valid destination: only http: and https: URLs are allowed",
        text(explanation));
  }

  @Test
  void manyReadingsAreCutShort() {
    Explanation explanation = of("http://a.test/%252e%252e/;x//..%2f/a?q=%2541+%20");
    long readings = explanation.rows().stream().filter(r -> r.text().startsWith("http:")).count();
    assertTrue(readings <= 33, text(explanation));
    assertTrue(text(explanation).contains(" more readings\n"), text(explanation));
  }

  @Test
  void whatCanBeReadInTooManyWaysIsRefusedByRulesThatLookAtIt() {
    String url = "http://a.test/%252e%252e/;x//..%2f%5c%3b/%00/a?q=%2541+%20";
    String why = "the path and query can be read in too many ways: send it with fewer escapes";
    Explanation explanation = of(url);
    explanation.judge("others", deny("^http://b"), Headers.EMPTY);
    explanation.judge("rules", deny("^http://a.test/a"), Headers.EMPTY);
    String text = text(explanation);
    assertTrue(text.contains("others | allowed: no rule of the blacklist matches\n"), text);
    assertTrue(text.contains("rules | refused: " + why + "\n"), text);
    assertTrue(text.endsWith("no valid destination: " + why), text);
  }

  @Test
  void whatOnlyABlacklistRefusesIsTold() {
    Explanation explanation = of("http://a.test/a/%5c+%2f%2b//.");
    explanation.judge("rules", deny("^http://b"), Headers.EMPTY);
    String text = text(explanation);
    assertTrue(text.contains("judged as | http://a.test/a/%5c+%2f%2b//.\n"), text);
    assertTrue(text.contains("denied as | nothing, if a blacklist looks at it: the path"), text);
    assertTrue(text.endsWith("\nallowed"), text);
  }
}
