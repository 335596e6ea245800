package wsp.destination;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentTest {
  @ParameterizedTest
  @CsvSource({
    "/%2f%2F%41%c3%a9%00,'///A\u00c3\u00a9\0'",
    "/%2541%,/%41%",
    "/%4%zz%u0041,/%4%zz%u0041",
    "/%c0%af,/\u00c0\u00af",
    "/%0a%0A,/%0a%0A"
  })
  void decodesOctets(String text, String outcome) {
    assertEquals(outcome, Percent.decode(text));
  }

  @ParameterizedTest
  @CsvSource({"/%2f%2F%41%5c%2e,/%2f%2FA\\.", "/%252f,/%2f"})
  void decodesAllButSlashes(String text, String outcome) {
    assertEquals(outcome, Percent.decodeButSlashes(text));
  }

  @ParameterizedTest
  @CsvSource({"/%2f%3F%23%3b%41%5c%40,/%2f%3F%23%3bA\\@"})
  void decodesAllButDelimiters(String text, String outcome) {
    assertEquals(outcome, Percent.decodeButDelimiters(text));
  }

  @ParameterizedTest
  @CsvSource({
    "/%u002f%U002E%2e,//..",
    "/%u00e9%u20AC,/\u00c3\u00a9\u00e2\u0082\u00ac",
    "/%u000a%u00,/%u000a%u00",
    "/%41,/%41"
  })
  void decodesCharactersByNumber(String text, String outcome) {
    assertEquals(outcome, Percent.decodeUnicode(text));
  }
}
