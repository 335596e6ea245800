package wsp.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlankAdviceTest {
  @ParameterizedTest
  @CsvSource({
    "whitelist :, true",
    "WhiteList : ~, true",
    "'whitelist :\n#  - url : ^http://a/', true",
    "whitelist : [], false",
    "whitelist : [{url : ^http://a/}], false",
    "blacklist :, false",
    "'', false"
  })
  void aListThatKeepsNobodyOutIsTold(String yaml, boolean told) throws Exception {
    List<String> lines = BlankAdvice.of(ConfigFile.parse("f", yaml, Map.of()), "whitelist");
    String line = "whitelist: it has no value, and keeps nobody out, as if it were not there:";
    assertEquals(told ? 1 : 0, lines.size());
    for (String l : lines) assertEquals(line + " write whitelist : [] if that is meant", l);
  }
}
