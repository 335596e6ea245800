package wsp.destination;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv4Test {
  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 0",
    "127.0.0.1, 2130706433",
    "169.254.169.254, 2852039166",
    "255.255.255.255, 4294967295",
    "1.20.255.9, 18153225"
  })
  void fourDecimalNumbersAreAnAddress(String text, long address) {
    assertEquals(address, Ipv4.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "...",
        "....",
        "1",
        "1.2.3",
        "1.2.3.",
        "1.2.3.4.",
        ".1.2.3.4",
        "1.2.3.4.5",
        "1..2.3",
        "256.1.1.1",
        "1.1.1.256",
        "1.1.1.1000",
        "01.2.3.4",
        "1.2.3.00",
        "0x7f.0.0.1",
        "1.2.3.4 ",
        " 1.2.3.4",
        "1.2.3.-4",
        "1.2.3.+4",
        "1.2.3.\u0661",
        "1\uff0e2.3.4",
        "2130706433"
      })
  void anythingElseIsNone(String text) {
    assertEquals(-1, Ipv4.parse(text));
  }
}
