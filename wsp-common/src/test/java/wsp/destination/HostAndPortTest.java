package wsp.destination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostAndPortTest {
  @Test
  void thePortsAtTheEdge() throws Exception {
    assertEquals(1, HostAndPort.parse("a:1", 80).port());
    assertEquals(65535, HostAndPort.parse("a:65535", 80).port());
    assertEquals(80, HostAndPort.parse("a", 80).port());
    assertEquals(80, HostAndPort.parse("a:", 80).port());
    assertEquals(80, HostAndPort.parse("[::1]:", 80).port());
    assertEquals(7, HostAndPort.parse("[::1]:7", 80).port());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a:0",
        "a:65536",
        "a:99999999999999999999",
        "a:-1",
        "a:+1",
        "a: 1",
        "a:1 ",
        "a:x",
        "a:1:2",
        "a::1",
        "::1",
        "a:١",
        "a:0x50",
        "[::1]x",
        "[::1]80",
        "[::1",
        "[::1]]",
        "a]",
        ":1",
        "[]",
        "[]:1",
        "a[::1]"
      })
  void whatIsNoHostWithAPortIsRefused(String authority) {
    assertThrows(InvalidDestinationException.class, () -> HostAndPort.parse(authority, 80));
  }
}
