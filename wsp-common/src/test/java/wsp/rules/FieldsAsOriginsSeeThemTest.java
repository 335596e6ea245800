package wsp.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.destination.Destination;
import wsp.envelope.Headers;

/** Rules on fields judge what an origin reads, not how the caller has written it. */
class FieldsAsOriginsSeeThemTest {
  private static Verdict judge(boolean white, String name, String pattern, String url, Headers h)
      throws Exception {
    List<Rule> rules = List.of(Rule.of(null, null, Map.of(name, pattern)));
    AccessRules all = white ? AccessRules.of(List.of(), rules) : AccessRules.of(rules, List.of());
    return all.judge("GET", Destination.parse(url), h);
  }

  private static Headers lines(String text) {
    Headers.Builder fields = new Headers.Builder();
    for (String line : text.split(" \\| ", -1)) {
      String[] field = line.split(": ", 2);
      fields.add(field[0], field[1]);
    }
    return fields.build();
  }

  /** RFC 9110 §5.3: several lines are one value. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "false; X-Q; union[ ,]+select; X-Q: union, select; FORBIDDEN",
        "false; X-Q; union[ ,]+select; X-Q: union | X-Q: select; FORBIDDEN",
        "false; X-Q; union[ ,]+select; X-Q: union | A: b | x-q: select; FORBIDDEN",
        "false; X-Q; union[ ,]+select; X-Q: union | X_Q: select; FORBIDDEN",
        "false; X-Q; union[ ,]+select; X_Q: union | X.Q: select; FORBIDDEN",
        "false; X-Q; union,select; X-Q: union | X-Q: select; FORBIDDEN",
        "false; X-Q; union, select; X-Q: union | X-Q: select; FORBIDDEN",
        "false; X-Q; ^a,,c$; X-Q: a | X-Q:  | X-Q: c; FORBIDDEN",
        "false; X-Q; ^a,c$; X-Q: a | X_Q: b | X-Q: c; FORBIDDEN",
        "false; X-Q; ^a,c$; X_Q: a | X-Q: b | X_Q: c; FORBIDDEN",
        "false; X-Q; ^a,b,c$; X-Q: a | X_Q: b | X-Q: c; FORBIDDEN",
        "false; X-Q; ^a,c,b$; X-Q: a | X_Q: b | X-Q: c; FORBIDDEN",
        "false; X-Q; ^b,a$; X_Q: a | X-Q: b; FORBIDDEN",
        "false; X-Q; ^a,é$; X-Q: a | X-Q: \udce9; FORBIDDEN",
        "false; X-Q; ^a,é$; X-Q: a | X-Q: é\u00a0; FORBIDDEN",
        "false; X-Q; union[ ,]+select; X-Q: select | X-Q: union; ALLOWED",
        "false; X-Q; union[ ,]+select; X-Q: union; ALLOWED",
        "false; Cookie; `a=1; b=2`; Cookie: a=1 | Cookie: b=2; FORBIDDEN",
        "false; Cookie; `(^|; )admin_mode=1`; Cookie: admin.mode=1; FORBIDDEN",
        "false; Cookie; `(^|; )admin_mode=1`; `Cookie: a=1;admin mode=1`; FORBIDDEN",
        "false; Cookie; `(^|; )admin_mode=1`; Cookie: a=1 | Cookie: admin[mode=1; FORBIDDEN",
        "false; Cookie; `(^|; )admin=1(;|$)`; `Cookie: a=1;admin=1;b`; FORBIDDEN",
        "false; Cookie; `(^|; )admin=1(;|$)`; `Cookie: ;;a=1 ; admin = 1 ;`; FORBIDDEN",
        "false; Cookie; `(^|; )admin_mode=1`; Cookie: a=admin.mode=1; ALLOWED",
        "false; X-Q; admin_mode=1; X-Q: admin.mode=1; ALLOWED",
        "true; Cookie; ^admin[.]mode=1$; Cookie: admin.mode=1; ALLOWED",
        "false; X-Q; `a; b`; X-Q: a | X-Q: b; ALLOWED",
        "true; X-Team; ^(red|blue)$; X-Team: red; ALLOWED",
        "true; X-Team; ^(red|blue)$; X-Team: red, blue; NOT_ALLOWED",
        "true; X-Team; ^(red|blue)$; X-Team: red | X-Team: blue; NOT_ALLOWED",
        "true; X-Team; ^(red|blue)$; X-Team: red | X_Team: red; NOT_ALLOWED",
        "true; X-Team; ^((red|blue)[, ]*)+$; X-Team: red | X-Team: blue; ALLOWED",
        "true; Accept; ^text/; Accept: text/html | Accept: text/plain; ALLOWED",
      })
  void severalLinesAreJudgedAsOneValueToo(
      boolean white, String name, String pattern, String sent, Verdict verdict) throws Exception {
    assertEquals(verdict, judge(white, name, pattern, "http://a/", lines(sent)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-A: a",
        "X-A: é",
        "X-B: a",
        "X-A: a | X-A: bc",
        "X-A: a | X_A: bc | X.A: d",
        "X-A: a | X_A: b | X-A: c | X.A: d | X_A: \u00a0é\u00a0 | X-A: \udce9",
        "Cookie: a;b;;c;.d | Cookie: ;;;e;f;g",
        "Cookie: a | Cookie: b | Cookie: \udce9 | Cookie: \u00a0\udce9",
      })
  void theCostCountsEachReading(String sent) {
    for (String name : List.of("X-A", "Cookie")) {
      FieldReadings fields = new FieldReadings(lines(sent));
      long length = fields.denied(name).stream().mapToLong(String::length).sum();
      assertTrue(fields.lengthAtMost(name) >= length, sent);
    }
  }

  @Test
  void manyLinesHaveAsManyReadingsAndAFewMore() {
    Headers.Builder all = new Headers.Builder();
    for (int i = 0; i < 5_000; i++) all.add(i % 2 == 0 ? "X-A" : "X_A", "é" + i);
    FieldReadings fields = new FieldReadings(all.build());
    assertEquals(5_000 + 8, fields.of("X-A").size(), "the readings");
    assertTrue(fields.lengthAtMost("X-A") < 5_000L * 10 * 40);
  }

  /** Fields have nothing to do with the readings of a URL, which may be hundreds. */
  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void fieldsAreMatchedOnceForAllReadingsOfTheUrl() throws Exception {
    Rule url = Rule.of(null, "/admin/", Map.of());
    Rule both = Rule.of(null, "^http://", Map.of("X-A", "(a|b)+c[0-9]+x.*y$"));
    Rule any = Rule.of(null, ".", Map.of("X-A", "^(ab)+$"));
    Headers fields = Headers.of("X-A", "ab".repeat(200_000));
    Destination d = Destination.parse("http://a/x%ef%bc%8f%255c%ef%bc%8f%2f//%5c?%u0041A%c0%af");
    assertTrue(d.formsAtMost() > 1_000, "forms");
    assertEquals(
        Verdict.ALLOWED, AccessRules.of(List.of(url, both), List.of(any)).judge("GET", d, fields));
  }

  /** A name, lines of it, what each has, and whether there are too many readings of it. */
  @ParameterizedTest
  @CsvSource({
    "Cookie, 1, 60000, x, false",
    "Cookie, 90, 650, x, false",
    "Cookie, 1, 4000, é, false",
    "Cookie, 90, 300, é, true",
    "X-Team, 90, 650, x, false",
    "X-Team, 1, 30000, é, false",
    "X-Team, 90, 600, é, true",
  })
  void aFieldOfTooManyReadingsIsDenied(
      String name, int lines, int length, String what, boolean many) throws Exception {
    Headers.Builder all = new Headers.Builder();
    for (int i = 0; i < lines; i++) all.add(name, i + what.repeat(length));
    Headers fields = all.build();
    Rule rule = Rule.of(null, null, Map.of(name, "^evil$"));
    AccessRules black = AccessRules.of(List.of(rule), List.of());
    AccessRules white =
        AccessRules.of(List.of(), List.of(Rule.of(null, null, Map.of(name, "[x-é]"))));
    Destination d = Destination.parse("http://a/");
    assertEquals(many ? Verdict.FORBIDDEN : Verdict.ALLOWED, black.judge("GET", d, fields));
    assertEquals(many ? Verdict.NOT_ALLOWED : Verdict.ALLOWED, white.judge("GET", d, fields));
    if (!many) return;
    String remark = ", as " + name + " can be read in too many ways";
    assertTrue(black.decide("GET", d, fields).why().endsWith(remark));
    assertTrue(white.decide("GET", d, fields).why().endsWith(remark));
  }

  @Test
  void readingsAreWorkedOutOnceForAllRules() {
    FieldReadings fields = new FieldReadings(Headers.of("X-A", "a", "X_A", "b"));
    assertSame(fields.of("X-A"), fields.of("X-A"));
  }

  @ParameterizedTest
  @CsvSource({
    "true, ^api\\.internal$, http://api.internal/, other, ALLOWED",
    "true, ^api\\.internal$, http://secret.internal/, api.internal, NOT_ALLOWED",
    "true, ^api\\.internal:81$, http://api.internal:81/, '', ALLOWED",
    "false, ^secret, http://secret.internal/, other, FORBIDDEN",
    "false, ^secret, http://SECRET.internal:80/, other, FORBIDDEN",
    "false, ^secret, http://api.internal/, secret, ALLOWED",
  })
  void hostIsThatOfTheUrl(boolean white, String pattern, String url, String host, Verdict verdict)
      throws Exception {
    for (Headers sent : List.of(Headers.of("Host", host), Headers.EMPTY))
      assertEquals(verdict, judge(white, "Host", pattern, url, sent));
    assertEquals(verdict, judge(white, "host", pattern, url, Headers.of("HOST", host)));
  }

  @ParameterizedTest
  @CsvSource({
    "false, ^http://a/secret, http://a/secret, FORBIDDEN",
    "false, ^http://a/secret, HTTP://A:80/secret, FORBIDDEN",
    "false, ^http://a/secret, http://a/./secret, FORBIDDEN",
    "false, ^http://a/secret, http://a/%73ecret, FORBIDDEN",
    "false, ^http://a/secret, http://a/SECRET, FORBIDDEN",
    "false, ^http://a/Secret, http://a/sEcret, FORBIDDEN",
    "false, ^http://127.0.0.1/secret, http://[::ffff:127.0.0.1]/secret, FORBIDDEN",
    "false, ^http://a/secret, http://a/open, ALLOWED",
    "true, ^http://a/open/, http://a/open/x, ALLOWED",
    "true, ^http://a/open/, http://a/open/../secret, NOT_ALLOWED",
    "true, ^http://a/open/, http://a/open/%2e%2e%2fsecret, NOT_ALLOWED",
  })
  void theFieldThatNamesTheUrlIsJudgedAsTheUrl(
      boolean white, String pattern, String url, Verdict verdict) throws Exception {
    for (String name : List.of("X-PROXY-DESTINATION", "x_proxy_destination"))
      for (Headers sent :
          List.of(Headers.of("X-Proxy-Destination", "http://a/open/"), Headers.EMPTY))
        assertEquals(verdict, judge(white, name, pattern, url, sent));
  }

  @ParameterizedTest
  @CsvSource({"http://a/x, ALLOWED", "http://a/y, NOT_ALLOWED", "http://b/x, NOT_ALLOWED"})
  void aRuleForBothHasToMatchBoth(String url, Verdict verdict) throws Exception {
    Rule rule = Rule.of(null, "^http://a/", Map.of("X-PROXY-DESTINATION", "/x$"));
    AccessRules rules = AccessRules.of(List.of(), List.of(rule));
    assertEquals(verdict, rules.judge("GET", Destination.parse(url), Headers.EMPTY));
  }
}
