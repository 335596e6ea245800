package wsp.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlankAdviceTest {
  @ParameterizedTest
  @CsvSource({
    "list :, list",
    "List : ~, list",
    "'list :\n#  - a', list",
    "list : [], ''",
    "list : a, ''",
    "text :, ''",
    "other :, ''",
    "'', ''",
    "entries :, entries",
    "'entries :\n- list :\n- list : a', entries[0]: list",
    "'section :\n  list :', section: list",
    "'whitelist : [{url: a, headers: }]', whitelist[0]: headers",
    "'whitelist : [{url: a}, {url: , method: b}]', whitelist[1]: url",
    "'whitelist : [{url: a, headers: {}}]', ''",
    "blacklist :, blacklist",
  })
  void aListWithoutAValueIsToldWithItsPlace(String yaml, String place) throws Exception {
    ConfigFile file = ConfigFile.parse("a: b", yaml);
    var unused = file.strings("list");
    unused = List.of(file.string("text", ""));
    for (ConfigFile entry : file.sections("entries")) unused = entry.strings("list");
    ConfigFile section = file.section("section");
    if (section != null) unused = section.strings("list");
    var rules = RuleLists.of(file);
    String line =
        place
            + ": it has no value, and is as if it were not there: give it one, or take the line"
            + " out";
    assertEquals(place.isEmpty() ? List.of() : List.of(line), BlankAdvice.of(file));
  }
}
