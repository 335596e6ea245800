package wsp.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.rules.AccessRules;

class RuleListsTest {
  private static AccessRules rules(String yaml) throws ConfigException {
    ConfigFile f = ConfigFile.parse("f.cfg", yaml);
    AccessRules rules = RuleLists.of(f);
    f.rejectUnknown();
    return rules;
  }

  @Test
  void theRulesOfTheOriginal() throws Exception {
    AccessRules rules =
        rules(
            """
            blacklist:
             - method: ".*"
               url: "http(s)?://google.*"
               headers:
                 X-CUSTOM-HEADER: "^value$"
            Whitelist:
             - METHOD: ^GET$
             - Url: ^http(s)?://.*$
            """);
    assertEquals(
        "[{Method=.*, URL=http(s)?://google.*, Headers={X-CUSTOM-HEADER=^value$}}]",
        rules.blacklist().toString());
    assertEquals(
        "[{Method=^GET$, URL=, Headers={}}, {Method=, URL=^http(s)?://.*$, Headers={}}]",
        rules.whitelist().toString());
  }

  @Test
  void emptyListsAreNoRules() throws Exception {
    assertTrue(rules("blacklist: []\nwhitelist:\n").isEmpty());
  }

  @Test
  void aPartWithoutAValueDoesNotMatter() throws Exception {
    assertEquals(
        "[{Method=, URL=x, Headers={}}]",
        rules("whitelist:\n - {method: , url: x, headers: }\n").whitelist().toString());
  }

  @Test
  void numbersAreTakenAsTheyAreWritten() throws Exception {
    assertEquals(
        "[{Method=, URL=0666, Headers={X=yes}}]",
        rules("blacklist: [{url: 0666, headers: {X: yes}}]").blacklist().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "blacklist: 5|blacklist: a list of rules is expected, not '5'",
        "whitelist: {url: x}|whitelist: a list of rules is expected, not a map",
        "blacklist: [x]|blacklist[0]: a map of method, url and headers is expected, not 'x'",
        "blacklist: [{url: x}, ~]|blacklist[1]: a map of method, url and headers is expected, not"
            + " nothing",
        "blacklist: [{url: x}, {ulr: x}]|blacklist[1]: ulr: method, url or headers is expected",
        "blacklist: [{}]|blacklist[0]: at least one of method, url and headers is expected",
        "blacklist: [{url: '', headers: {}}]|blacklist[0]: at least one of method, url and headers"
            + " is expected",
        "blacklist: [{url: a, URL: b}]|blacklist[0]: URL: one such key is expected, not a repeated"
            + " one (line 1)",
        "blacklist: [{url: [a]}]|blacklist[0]: url: a pattern is expected, not a list",
        "blacklist: [{headers: [a]}]|blacklist[0]: headers: a map of names and patterns is"
            + " expected, not a list",
        "blacklist: [{headers: {A: a, a: b}}]|blacklist[0]: headers: a: one such key is expected,"
            + " not a repeated one (line 1)",
        "blacklist: [{headers: {A: }}]|blacklist[0]: headers: A: a pattern is expected, not"
            + " nothing",
        "blacklist: [{headers: {A b: c}}]|blacklist[0]: headers: the name of a header is expected,"
            + " not 'A…'",
        "blacklist: [{url: '('}]|blacklist[0]: url: a pattern is expected, not '(': missing closing"
            + " )",
        "whitelist: [{method: x}, {method: '['}]|whitelist[1]: method: a pattern is expected, not"
            + " '[': missing closing ]",
        "whitelist: [{headers: {X-A: '*'}}]|whitelist[0]: headers: X-A: a pattern is expected:"
            + " missing argument to repetition operator"
      })
  void everyErrorNamesListIndexAndKey(String yaml, String line) {
    var e = assertThrows(ConfigException.class, () -> rules(yaml));
    assertEquals("f.cfg: " + line, e.getMessage());
  }

  @Test
  void thePatternOfAHeaderMayBeASecretAndIsNotShown() {
    var e =
        assertThrows(
            ConfigException.class, () -> rules("whitelist: [{headers: {X-Api-Key: 'hunter2('}}]"));
    assertFalse(e.getMessage().contains("hunter2"), e.getMessage());
  }
}
