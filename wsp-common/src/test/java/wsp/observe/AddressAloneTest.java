package wsp.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressAloneTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "192.0.2.1:5000 | 192.0.2.1",
        "192.0.2.1 | 192.0.2.1",
        "[2001:db8::1]:5000 | 2001:db8::1",
        "[::1] | ::1",
        "2001:db8::1 | 2001:db8::1",
        "[fe80::1%eth0]:5000 | fe80::1",
        "::ffff:192.0.2.1 | ::ffff:192.0.2.1",
        "1.2.3.4 through 10.1.2.3:5555 | 1.2.3.4",
        "1.2.3.4:80 through 10.1.2.3:5555 | 1.2.3.4",
        "[2001:db8::1]:80 through [2001:db8::9]:5555 | 2001:db8::1",
        "unknown through 10.1.2.3:5555 | 10.1.2.3",
        "_hidden through [::1]:5555 | ::1",
        "a.test through 10.1.2.3:5555 | 10.1.2.3",
        "1.2.3 through 10.1.2.3:5555 | 10.1.2.3",
        "1.2.3.4.5 through 10.1.2.3:5555 | 10.1.2.3",
        "1.2.3.256 through 10.1.2.3:5555 | 10.1.2.3",
        "01.2.3.4 through 10.1.2.3:5555 | 10.1.2.3",
        "1..2.3 through 10.1.2.3:5555 | 10.1.2.3",
        "1.2.3. through 10.1.2.3:5555 | 10.1.2.3",
        "::g through 10.1.2.3:5555 | 10.1.2.3",
        "2001:db8::/32 through 10.1.2.3:5555 | 10.1.2.3",
        "[::1 through 10.1.2.3:5555 | 10.1.2.3",
        "1.2.3.4 5.6.7.8 through 10.1.2.3:5555 | 1.2.3.4",
        "unknown | ''",
        "'' | ''",
        ": | ''",
        "[] | ''",
      })
  void isWhatAReaderTakesForAHost(String from, String expected) {
    assertEquals(expected, AddressAlone.of(from));
  }
}
