package wsp.destination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "a",
        "a-b",
        "a_b",
        "_dmarc.example",
        "xn--bcher-kva.example",
        "1a",
        "0x7f.example",
        "127.0.0.1.example",
        "127.0.0.1",
        "0.0.0.0",
        "255.255.255.255",
        "1.2.3.4a",
        "0xg",
        "3com"
      })
  void aCanonicalHostStaysAsItIs(String host) throws Exception {
    assertEquals(host, Host.canonical(host));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2130706433",
        "0",
        "0x7f000001",
        "0x7f.0.0.1",
        "0X7F.1",
        "017700000001",
        "0177.0.0.1",
        "127.1",
        "127.0.1",
        "127.0.0.01",
        "127.0.0.256",
        "127.0.0.1.1",
        "1.2.3.0x4",
        "0x",
        "a.0x",
        "a.1",
        "１２７.１",
        "127。1",
        "①②③",
        "127.0.0.08",
        "127.0.0.0000000001"
      })
  void numbersThatAreNoDottedQuadAreRefused(String host) {
    assertThrows(InvalidDestinationException.class, () -> Host.canonical(host));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b", "a%41", "a%2fb", "%61", "a!b", "a\"b", "a$b", "a'b", "a(b", "a*b", "a,b", "a;b",
        "a=b", "a<b", "a>b", "a^b", "a`b", "a{b", "a|b", "a}b", "a~b", "a&b", "a+b", ".", "..",
        "a..b", ".a", "a..", "[", "]", "。", "a。。b"
      })
  void otherCharactersAndEmptyLabelsAreRefused(String host) {
    String text = host.equals("[") ? "[]" : host;
    assertThrows(InvalidDestinationException.class, () -> Host.canonical(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a／b",
        "a＠b",
        "a：80",
        "a？b",
        "a＃b",
        "a＼b",
        "a％41",
        "a℀b",
        "a℅b",
        "a⩴b",
        "a\u2024b\u2100",
        "a\u00adb c",
        "xn--é",
        "\u00ad",
        "a.\u200b",
        "\ufffd",
        "a\u2028b",
        "℡.：",
        "\u3002",
        "\u0338/",
        "a≠b\u2260＝"
      })
  void nothingMayBecomeADelimiterByMapping(String host) {
    assertThrows(InvalidDestinationException.class, () -> Host.canonical(host));
  }

  @Test
  void everyCharacterEitherGivesAPlainHostOrIsRefused() {
    for (int c = 0x80; c < 0x20000; c++) {
      if (c >= 0xd800 && c < 0xe000) continue;
      String mapped;
      try {
        mapped = Host.canonical("a" + Character.toString(c) + "b.test");
      } catch (InvalidDestinationException e) {
        continue;
      }
      if (!mapped.matches("[a-z0-9_.-]+\\.test") || mapped.contains(".."))
        throw new AssertionError("U+%04X gives %s".formatted(c, mapped));
    }
  }

  @Test
  void lengthsHaveLimits() throws Exception {
    String label = "a".repeat(63);
    assertEquals(label + ".b", Host.canonical(label + ".b"));
    assertThrows(InvalidDestinationException.class, () -> Host.canonical(label + "a.b"));
    String longest = (label + ".").repeat(3) + "a".repeat(61);
    assertEquals(longest, Host.canonical(longest + "."));
    assertThrows(InvalidDestinationException.class, () -> Host.canonical(longest + "a"));
    assertThrows(InvalidDestinationException.class, () -> Host.canonical("é".repeat(60_000)));
    assertThrows(InvalidDestinationException.class, () -> Host.canonical("é".repeat(64)));
  }
}
