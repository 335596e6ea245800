package wsp.envelope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GreetingTest {
  @ParameterizedTest
  @CsvSource({
    "9ffa745b-dad4-4f45-7b30-febfd39be3d7_10,9ffa745b-dad4-4f45-7b30-febfd39be3d7,10",
    "a_0,a,0",
    "a_b_c_7,a_b_c,7",
    "a__1,a_,1",
    "__1,_,1",
    "a_1000000,a,1000000",
    "a_007,a,7"
  })
  void theLastUnderscoreSeparates(String text, String id, int size) throws Exception {
    assertEquals(new Greeting(id, size), Greeting.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "abc",
        "_",
        "_1",
        "a_",
        "a_-1",
        "a_+1",
        "a_1x",
        "a_1 ",
        " a_1",
        "a b_1",
        "a_1000001",
        "a_99999999999999999999",
        "a_١",
        "é_1",
        "a\n_1",
        "a_1\n",
        "a\0_1",
        "a\u001b[31m_1",
        "a\u007f_1",
        "\ud83d_1"
      })
  void whatIsNoGreetingIsRefused(String text) {
    assertThrows(EnvelopeException.class, () -> Greeting.parse(text));
  }

  @Test
  void idsHaveALimit() throws Exception {
    String longest = "x".repeat(Greeting.MAX_ID);
    assertEquals(longest, Greeting.parse(longest + "_1").clientId());
    assertThrows(EnvelopeException.class, () -> Greeting.parse(longest + "x_1"));
    assertThrows(EnvelopeException.class, () -> Greeting.parse("x".repeat(5_000_000) + "_1"));
    assertThrows(EnvelopeException.class, () -> Greeting.parse("x_" + "1".repeat(5_000_000)));
  }

  @Test
  void theErrorDoesNotQuoteTheStranger() {
    var e = assertThrows(EnvelopeException.class, () -> Greeting.parse("evil\n_1"));
    assertFalse(e.getMessage().contains("evil"));
  }

  @Test
  void whatIsWrittenCanBeRead() throws Exception {
    Greeting greeting = new Greeting("a_b", 10);
    assertEquals("a_b_10", greeting.format());
    assertEquals(greeting, Greeting.parse(greeting.format()));
  }

  @Test
  void anIdOrSizeThatCannotBeSentIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Greeting("a b", 1));
    assertThrows(IllegalArgumentException.class, () -> new Greeting("a", -1));
    assertThrows(IllegalArgumentException.class, () -> new Greeting("a", Greeting.MAX_IDLE + 1));
    assertTrue(Greeting.isId("!~"));
    assertFalse(Greeting.isId(""));
  }
}
