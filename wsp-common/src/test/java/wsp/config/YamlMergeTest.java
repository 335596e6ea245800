package wsp.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code <<}, as the YAML of the original daemons has it. */
class YamlMergeTest {
  private static ConfigFile of(String yaml) throws ConfigException {
    return ConfigFile.parse("f", yaml);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "- &a {x: 1} # - {<<: *a} | 1",
        "- &a {x: 1} # - {<<: *a, x: 2} | 2",
        "- &a {x: 1} # - {X: 2, <<: *a} | 2",
        "- &a {x: 1} # - &b {x: 3} # - {<<: [*a, *b]} | 1",
        "- &a {x: 1} # - &b {<<: *a} # - {<<: *b} | 1",
        "- &a {x: 1} # - {<<: *a, y: 2} | 1",
        "- &a {y: 1} # - {<<: *a} | d",
      })
  void aMapHasWhatItMergesUnlessItSaysOtherwise(String list, String x) throws Exception {
    var sections = of("s:\n" + list.replace(" # ", "\n")).sections("s");
    assertEquals(x, sections.get(sections.size() - 1).string("x", "d"));
  }

  @Test
  void aRuleMayBeMadeOfAnotherOne() throws Exception {
    String rules = "blacklist:\n- &a {method: ^GET$}\n- {<<: *a, url: /x}\n";
    assertEquals(2, RuleLists.of(of(rules)).blacklist().size());
    var merged = RuleLists.of(of(rules)).blacklist().get(1).values();
    assertTrue(merged.containsAll(List.of("^GET$", "/x")), merged.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{<<: 1}|f: s[0]: <<: a map, or a list of maps, is expected, not a plain value",
        "{<<: [{x: 1}, []]}|f: s[0]: <<: a map, or a list of maps, is expected, not a list",
        "&a {<<: *a}|f: s[0]: <<: the map is a part of itself",
        "&a {<<: [*a, *a, *a]}|f: s[0]: <<: the map is a part of itself",
      })
  void whatIsNoMapIsRefused(String item, String line) throws Exception {
    ConfigFile file = of("s: [" + item + "]");
    assertEquals(line, assertThrows(ConfigException.class, () -> file.sections("s")).getMessage());
  }
}
