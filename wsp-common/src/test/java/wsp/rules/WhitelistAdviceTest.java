package wsp.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhitelistAdviceTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "^https://api\\.internal/",
        "^https://api\\.internal(:8443)?/",
        "^https?://api\\.internal(:[0-9]+)?/v1/",
        "^https://api\\.internal(/|$)",
        "^https://api\\.internal:8443/",
        "^https://(api|web)\\.internal/",
        "\\Ahttps://api\\.internal/",
        "(?i)^https://api\\.internal/",
        "^(?:https://api\\.internal/|http://web\\.internal:8080/)",
        "^https://[^/]+\\.internal/",
        "^https://[a-z0-9-]+\\.api\\.internal/",
        "^https://[^/]*\\.internal(:[0-9]{1,5})?/",
        "^http://10\\.20\\.[0-9]+\\.[0-9]+(:[0-9]+)?/",
        "^http://\\[::1\\]:8080/",
        "^http://\\[fd00::1\\]/",
        "^\\Qhttps://api.internal/\\E",
        "^https://api\\x2einternal/",
        "^https://",
        "^https?://",
        "^http",
        ".*",
        "^",
        "://",
        "^https?://[^/]+/public/"
      })
  void whatEndsAndBeginsWithItsHostIsSound(String pattern) {
    assertNull(WhitelistAdvice.of(pattern));
  }

  @ParameterizedTest
  @CsvSource({
    "^https://api\\.internal, https://api.internal.evil.example/",
    "^https://(api|web)\\.internal, https://api.internal.evil.example/",
    "^https?://api\\.internal.*$, http://api.internal.evil.example/",
    "^https://api\\.internal.*/v1/, https://api.internal.evil.example/v1/",
    "^https://api\\.internal[^/]*/, https://api.internal.evil.example/",
    "^https://api\\.internal\\b, https://api.internal.evil.example/",
    "^https://api\\., https://api.evil.example/",
    "^https://10\\.0\\.0\\.1, https://10.0.0.1.evil.example/",
    "^https://api-[0-9]+, https://api-0.evil.example/",
    "^https://api\\.internal(:8443)?, https://api.internal.evil.example/",
    "^https://(api\\.internal/|web\\.internal), https://web.internal.evil.example/",
    "(?i)^HTTPS://API\\.internal, https://api.internal.evil.example/",
    "\\Ahttps://api\\.internal, https://api.internal.evil.example/",
    "'^https://api\\.[a-z]{2,8}', https://api.aa.evil.example/",
    "^\\Qhttps://api.internal\\E, https://api.internal.evil.example/"
  })
  void aHostWithoutEndIsTold(String pattern, String url) {
    String end = ": let a slash, or (:[0-9]+)?/, end the host";
    assertEquals("it also allows " + url + end, WhitelistAdvice.of(pattern));
  }

  @ParameterizedTest
  @CsvSource({
    "api\\.internal, http://evil.example/?api.internal",
    "https://api\\.internal/, http://evil.example/?https://api.internal/",
    "api\\.internal/|^https://web\\.internal/, http://evil.example/?api.internal/",
    "^https://web\\.internal/|api\\.internal/, http://evil.example/?api.internal/",
    ".*api\\.internal/, http://evil.example/?api.internal/",
    "^.*api\\.internal/, http://evil.example/?api.internal/",
    "a, http://evil.example/?a",
    "example, http://evil.example/?example",
    "/public/, http://evil.example/?/public/",
    "https://, http://evil.example/?https://",
    "(?:https?://)api\\.internal/, http://evil.example/?http://api.internal/",
    "internal/$, http://evil.example/?internal/"
  })
  void whatMatchesAnywhereIsTold(String pattern, String url) {
    assertEquals(
        "it also allows " + url + ": anchor it with ^ at its beginning, before the scheme",
        WhitelistAdvice.of(pattern));
  }

  @ParameterizedTest
  @ValueSource(strings = {"^https://.*\\.internal/", "^https?://.+@?api\\.internal/"})
  void aHostThatTakesSlashesIsTold(String pattern) {
    String problem = WhitelistAdvice.of(pattern);
    assertNotNull(problem);
    assertTrue(problem.startsWith("it also allows http"), problem);
    assertTrue(problem.contains("://evil.example/"), problem);
  }

  @Test
  void eachRuleIsToldWithItsPlace() {
    List<Rule> rules =
        List.of(
            Rule.of("^GET$", null, Map.of()),
            Rule.of(null, "^https://api\\.internal/", Map.of()),
            Rule.of("^GET$", "^https://api\\.internal", Map.of("X-Team", "^red$")));
    List<String> lines = AccessRules.of(rules, rules).advice();
    assertEquals(1, lines.size(), lines::toString);
    assertTrue(lines.get(0).startsWith("whitelist[2]: url: it also allows "), lines.get(0));
    assertEquals(List.of(), AccessRules.of(rules, List.of()).advice());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a**", "[", "(?P<x>a", "\\pN+", "[[:alpha:]]+", "a{1000}", "((((", "|"})
  void whatIsNotUnderstoodHasFewerSamples(String pattern) {
    assertTrue(PatternSamples.of(pattern).size() <= 24);
  }
}
