package wsp.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.envelope.Headers;

class RuleTest {
  private static FieldReadings fields(String... namesAndValues) {
    return new FieldReadings(Headers.of(namesAndValues));
  }

  private static boolean matches(Rule rule, String method, String url, FieldReadings headers) {
    return rule.matchesWholly(method, url, headers);
  }

  @Test
  void patternsAreSearchedForAnywhere() {
    Rule rule = Rule.of("ET", "b/c", Map.of());
    assertTrue(matches(rule, "GET", "http://a/b/c/d", fields()));
    assertFalse(matches(rule, "POST", "http://a/b/c/d", fields()));
    assertFalse(matches(rule, "GET", "http://a/bc", fields()));
  }

  @Test
  void everyPartThatIsGivenHasToMatch() {
    Rule rule = Rule.of("^GET$", "/x", Map.of("A", "1", "B", "2"));
    assertTrue(matches(rule, "GET", "/x", fields("a", "1", "b", "2")));
    assertFalse(matches(rule, "PUT", "/x", fields("a", "1", "b", "2")));
    assertFalse(matches(rule, "GET", "/y", fields("a", "1", "b", "2")));
    assertFalse(matches(rule, "GET", "/x", fields("a", "1", "b", "3")));
    assertFalse(matches(rule, "GET", "/x", fields("a", "1")));
  }

  @Test
  void methodsDifferInCase() {
    assertFalse(matches(Rule.of("GET", null, Map.of()), "get", "/", fields()));
    assertTrue(matches(Rule.of("(?i)GET", null, Map.of()), "get", "/", fields()));
  }

  @Test
  void anAbsentFieldIsOneEmptyValue() {
    assertTrue(matches(Rule.of(null, null, Map.of("A", "^$")), "GET", "/", fields()));
    assertFalse(matches(Rule.of(null, null, Map.of("A", ".")), "GET", "/", fields()));
  }

  @Test
  void aDenialNeedsOneValueAndPermissionEvery() {
    Rule rule = Rule.of(null, null, Map.of("A", "x"));
    FieldReadings both = fields("A", "y", "a", "x");
    assertTrue(rule.matchesAny("GET", "/", both));
    assertFalse(rule.matchesWholly("GET", "/", both));
    assertTrue(rule.matchesWholly("GET", "/", fields("A", "x", "a", "xx")));
    assertFalse(rule.matchesAny("GET", "/", fields("A", "y", "a", "z")));
  }

  /** CGI, WSGI and others make one variable of {@code X-A} and {@code X_A}. */
  @Test
  void aDenialSeesEverySpellingThatAnOriginMayTakeForTheField() {
    Rule rule = Rule.of(null, null, Map.of("X-Admin", "."));
    for (String name : List.of("X-Admin", "x-admin", "X_Admin", "X_ADMIN", "X.Admin", "x~admin"))
      assertTrue(rule.matchesAny("GET", "/", fields(name, "1")), name);
    for (String name : List.of("XAdmin", "X-Admins", "X--Admin", "X-Adm\u0131n"))
      assertFalse(rule.matchesAny("GET", "/", fields(name, "1")), name);
    assertTrue(rule.matchesAny("GET", "/", fields("X-Admin", "", "X_Admin", "1")));
    assertTrue(
        Rule.of(null, null, Map.of("X_Admin", ".")).matchesAny("GET", "/", fields("X-Admin", "1")));
    assertTrue(
        Rule.of(null, null, Map.of("X-Team", "^$")).matchesAny("GET", "/", fields("X_Team", "red")),
        "an origin that tells them apart sees no X-Team");
  }

  @Test
  void permissionNeedsTheFieldItselfAndEverySpellingOfIt() {
    Rule rule = Rule.of(null, null, Map.of("X-Team", "^red$"));
    assertTrue(rule.matchesWholly("GET", "/", fields("X-Team", "red")));
    assertFalse(rule.matchesWholly("GET", "/", fields("X-Team", "red", "X_Team", "blue")));
    assertFalse(rule.matchesWholly("GET", "/", fields("X_Team", "blue", "X-Team", "red")));
    assertFalse(rule.matchesWholly("GET", "/", fields("X_Team", "red")));
    long one = rule.cost(0, 0, fields("X-Team", "a"));
    assertEquals(3 * one, rule.cost(0, 0, fields("X_Team", "red")));
  }

  @Test
  void bytesThatAreNotUtf8AreJudgedAsLatin1Too() {
    Rule rule = Rule.of(null, null, Map.of("X-User", "^ren\u00e9$"));
    assertTrue(rule.matchesAny("GET", "/", fields("X-User", "ren\u00e9")));
    assertTrue(rule.matchesAny("GET", "/", fields("X-User", "ren\udce9")));
    assertTrue(rule.matchesAny("GET", "/", fields("X_User", "ren\udce9")));
    assertFalse(rule.matchesWholly("GET", "/", fields("X-User", "ren\udce9")));
    assertTrue(rule.matchesWholly("GET", "/", fields("X-User", "ren\u00e9")));
  }

  /** WSGI reads Latin-1 and strips as Unicode: a blank more must not hide a value. */
  @Test
  void aValueIsJudgedWithoutTheBlanksOfUnicodeAtItsEndsToo() {
    Rule rule = Rule.of(null, null, Map.of("X-Admin", "^true$"));
    for (String value :
        List.of("true\udca0", "\udc85true", "\udca0 true\udc85", "\u00a0true", "true\u3000")) {
      assertTrue(rule.matchesAny("GET", "/", fields("X-Admin", value)), value);
      assertFalse(rule.matchesWholly("GET", "/", fields("X-Admin", value)), value);
    }
    assertFalse(rule.matchesAny("GET", "/", fields("X-Admin", "tr\udca0ue")));
    Rule any = Rule.of(null, null, Map.of("X-Admin", "^.?true"));
    assertTrue(any.matchesWholly("GET", "/", fields("X-Admin", "\u00a0true")));
  }

  /** What Go's regexp package accepts, with a text that it finds there. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "(?i)abc,xABCx",
        "(?s)a.b,`a\nb`",
        "(?m)^b$,`a\nb\nc`",
        "(?U)a+,aa",
        "(?i:a)b,Ab",
        "(?P<name>a),a",
        "(?<name>a),a",
        "(?:a|b)+?,ab",
        "[[:alpha:]]+[[:^digit:]],ab",
        "[^[:space:]],x",
        "\\pL\\p{Greek}\\PN,aαb",
        "\\p{Lu}\\P{^Lu},AB",
        "\\d\\D\\w\\W\\s\\S,`1aa  b`",
        "\\bfoo\\b,a foo b",
        "\\Bo,foo",
        "\\Afoo\\z,foo",
        "\\Qa.b*\\E,xa.b*",
        "a{2}b{1;}c{0;3},aab",
        "a{1000},",
        "\\x41\\x{42}\\101\\t\\n,`ABA\t\n`",
        "\\a\\f\\v,`\u0007\f\u000b`",
        "\\.\\/\\-\\@\\#,./-@#",
        "[a\\]b-],]",
        "[]a],]",
        "[-a],-",
        "(|a)*,",
        "x*,",
        "^https?://(www\\.)?example\\.com(:\\d+)?(/.*)?$,https://www.example.com:8080/x",
        "}|{,}",
        "a{,a{",
        "a{;2},a{;2}",
        "\\p{Han}|\\p{Any},x",
        "^(.*a){25}$,aaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void whatGoAcceptsIsAccepted(String pattern, String text) {
    String re = pattern.replace(';', ',');
    String sample = text == null ? "a".repeat(1000) : text.replace(';', ',');
    assertTrue(matches(Rule.of(null, re, Map.of()), "GET", sample, fields()), re);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        ")",
        "[",
        "a{1001}",
        "*",
        "a**",
        "(?=a)",
        "(?<!a)b",
        "\\1",
        "a\\",
        "(?P<n",
        "[z-a]",
        "\\p{No}x{2,1}"
      })
  void aBadPatternIsRefusedWithItsPart(String pattern) {
    var e = assertThrows(IllegalArgumentException.class, () -> Rule.of(null, pattern, Map.of()));
    assertTrue(e.getMessage().startsWith("url: a pattern is expected, not '" + pattern + "': "));
    var m = assertThrows(IllegalArgumentException.class, () -> Rule.of(pattern, null, Map.of()));
    assertTrue(m.getMessage().startsWith("method: "));
    var h =
        assertThrows(
            IllegalArgumentException.class, () -> Rule.of(null, null, Map.of("X-A", pattern)));
    assertTrue(h.getMessage().startsWith("headers: X-A: "));
  }

  @Test
  void nestingWithoutEndIsRefusedNotFatal() {
    String deep = "(".repeat(20_000) + "a" + ")".repeat(20_000);
    assertThrows(IllegalArgumentException.class, () -> Rule.of(null, deep, Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "authorization, ***",
    "X-SECRET-KEY, ***",
    "Set-Cookie, ***",
    "X-Auth-Token, ***",
    "X-Auth, ***",
    "X_Session.Id, ***",
    "X-JWT-Assertion, ***",
    "X-Passwd, ***",
    "X-Credential, ***",
    "X-Hub-Signature-256, ***",
    "X-Sid, ***",
    "X-Key-Id, ***",
    "X-Country-Code, ^hunter2$",
    "X-Authority, ^hunter2$",
    "Accept, ^hunter2$",
    "X-Proxy-Destination, ^hunter2$",
    "Content-Type, ^hunter2$"
  })
  void thePrintMasksWhatWouldGiveASecretAway(String name, String shown) {
    Rule rule = Rule.of(null, null, Map.of(name, "^hunter2$"));
    assertEquals(
        "{Method=, URL=, Headers={" + name + "=" + shown + "}}", rule.describe().toString());
  }

  @Test
  void thePrintHasTheNamesOfTheOriginal() {
    assertEquals(
        "{Method=GET, URL=^a, Headers={X=y}}",
        Rule.of("GET", "^a", Map.of("X", "y")).describe().toString());
    assertEquals(
        "{Method=, URL=a, Headers={}}", Rule.of(null, "a", Map.of()).describe().toString());
  }
}
