package wsp.destination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpLiteralTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1",
    "255.255.255.255, 255.255.255.255",
    "::, 0:0:0:0:0:0:0:0",
    "::1, 0:0:0:0:0:0:0:1",
    "2001:DB8::a, 2001:db8:0:0:0:0:0:a",
    "::ffff:10.0.0.1, 10.0.0.1",
    "::ffff:a00:1, 10.0.0.1",
  })
  void anAddressIsOne(String text, String address) {
    assertEquals(address, IpLiteral.of(text).getHostAddress());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "1",
        "1.2",
        "1.2.3",
        "1.2.3.4.",
        "1.2.3.4.5",
        "01.2.3.4",
        "1.2.3.256",
        "0x7f.0.0.1",
        "2130706433",
        "１.2.3.4",
        "[::1]",
        "::1%lo",
        "1::2::3",
        ":",
        ":::",
        "1:2:3:4:5:6:7",
        "12345::",
        "g::",
        "localhost",
        "a.b",
      })
  void whatOnlySomeResolversTakeForAnAddressIsNone(String text) {
    assertNull(IpLiteral.of(text));
  }
}
