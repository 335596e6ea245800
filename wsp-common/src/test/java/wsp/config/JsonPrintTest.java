package wsp.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonPrintTest {
  @Test
  void aLineHasNoEndInIt() {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("a", List.of(1, "x\ny\u2028", Map.of()));
    m.put("b", 0.5);
    assertEquals("{\"a\":[1,\"x\\ny\\u2028\",{}],\"b\":0.5}", JsonPrint.line(m));
  }

  @Test
  void thePrintOfTheOriginal() {
    Map<String, Object> effective = new LinkedHashMap<>();
    effective.put("Host", "127.0.0.1");
    effective.put("Port", 8080);
    effective.put("Flag", true);
    effective.put("Ratio", 1.5);
    effective.put("Whitelist", List.of());
    effective.put("Blacklist", List.of(Map.of("Method", ".*"), Map.of()));
    effective.put("None", null);
    assertEquals(
        """
        {
            "Host": "127.0.0.1",
            "Port": 8080,
            "Flag": true,
            "Ratio": 1.5,
            "Whitelist": [],
            "Blacklist": [
                {
                    "Method": ".*"
                },
                {}
            ],
            "None": null
        }""",
        JsonPrint.indented(effective));
  }

  @Test
  void nothingReachesATerminalRaw() {
    assertEquals(
        "{\n    \"a\\n\": \"\\u001B[31m\\\"\\u0085\\u2028\"\n}",
        JsonPrint.indented(Map.of("a\n", "\u001b[31m\"\u0085\u2028")));
  }

  @Test
  void otherTypesAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> JsonPrint.indented(Map.of("a", new Object())));
  }
}
