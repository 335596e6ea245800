package wsp.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.destination.Destination;
import wsp.envelope.Headers;

/**
 * Frameworks such as Werkzeug, Django and Rack's put a method into upper case before they look at
 * it, and the servers below them take any token for one.
 */
class MethodReadingsTest {
  private static final String URL = "http://a/item";

  private static Rule method(String pattern) {
    return Rule.of(pattern, null, Map.of());
  }

  private static AccessRules black(String pattern) {
    return AccessRules.of(List.of(method(pattern)), List.of());
  }

  private static AccessRules white(String... patterns) {
    return AccessRules.of(List.of(), List.of(patterns).stream().map(p -> method(p)).toList());
  }

  private static Decision decide(AccessRules rules, String method) throws Exception {
    return rules.decide(method, Destination.parse(URL), Headers.EMPTY);
  }

  @ParameterizedTest
  @CsvSource({
    "^(DELETE|TRACE)$, DELETE, FORBIDDEN",
    "^(DELETE|TRACE)$, delete, FORBIDDEN",
    "^(DELETE|TRACE)$, DeLeTe, FORBIDDEN",
    "^(DELETE|TRACE)$, dELETE, FORBIDDEN",
    "^(DELETE|TRACE)$, trace, FORBIDDEN",
    "^(DELETE|TRACE)$, deletes, ALLOWED",
    "^(DELETE|TRACE)$, GET, ALLOWED",
    "^(DELETE|TRACE)$, get, ALLOWED",
    // What is denied in lower case alone is no reading of a method in upper case.
    "^delete$, delete, FORBIDDEN",
    "^delete$, DELETE, ALLOWED",
    "[a-z], GET, ALLOWED",
    "[a-z], gET, FORBIDDEN",
    "^[^A-Z]+$, patch, FORBIDDEN",
  })
  void aBlacklistDeniesAMethodInAnyCase(String pattern, String method, Verdict verdict)
      throws Exception {
    assertEquals(verdict, decide(black(pattern), method).verdict());
  }

  @ParameterizedTest
  @CsvSource({
    "^GET$, GET, ALLOWED",
    "^GET$, get, NOT_ALLOWED",
    "^(get|GET)$, get, ALLOWED",
    "(?i)^get$, gEt, ALLOWED",
    // As DELETE to some origins, it is what this one means to keep out.
    "^[^D], delete, NOT_ALLOWED",
    "^[^D], patch, ALLOWED",
    "^(GET|[a-z]+)$, put, NOT_ALLOWED",
  })
  void aWhitelistAllowsAMethodInEachReadingOrNotAtAll(
      String pattern, String method, Verdict verdict) throws Exception {
    assertEquals(verdict, decide(white(pattern), method).verdict());
  }

  @Test
  void differentRulesMayAllowTheReadings() throws Exception {
    AccessRules rules = white("^put$", "^PUT$");
    assertEquals(Verdict.ALLOWED, decide(rules, "put").verdict());
    assertEquals(
        List.of("whitelist[0] method ^put$", "whitelist[1] method ^PUT$"),
        rules.permissions("put", Destination.parse(URL), Headers.EMPTY));
  }

  @Test
  void aDenialNamesTheReadingThatDecided() throws Exception {
    assertEquals(
        "blacklist[0] method ^DELETE$ (the method read as DELETE)",
        decide(black("^DELETE$"), "delete").why());
    assertEquals("blacklist[0] method ^DELETE$", decide(black("^DELETE$"), "DELETE").why());
    assertEquals(
        "whitelist: no rule matches (the method read as PUT)", decide(white("^put$"), "put").why());
    assertEquals(40, decide(black("X"), "x".repeat(1000)).method().length());
  }

  @Test
  void aRuleForTheUrlTooHoldsForBothReadingsOfTheMethod() throws Exception {
    Rule rule = Rule.of("^DELETE$", "^http://a/admin", Map.of());
    AccessRules rules = AccessRules.of(List.of(rule), List.of());
    Destination spelled = Destination.parse("http://a/x/..%2f%41dmin");
    assertEquals(Verdict.FORBIDDEN, rules.decide("delete", spelled, Headers.EMPTY).verdict());
    assertEquals(Verdict.ALLOWED, decide(rules, "delete").verdict());
  }

  @Test
  void theCostCountsBothReadings() throws Exception {
    AccessRules rules = black("^DELETE$");
    Destination d = Destination.parse(URL);
    long once = rules.cost("DELETE", d, Headers.EMPTY);
    assertTrue(once > 0);
    assertEquals(2 * once, rules.cost("delete", d, Headers.EMPTY));
  }
}
