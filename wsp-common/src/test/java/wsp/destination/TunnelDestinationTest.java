package wsp.destination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.testing.Distinct;

class TunnelDestinationTest {
  @ParameterizedTest
  @CsvSource({
    "tcp://api.test:443, tcp://api.test:443, api.test, 443",
    "TCP://API.test.:80, tcp://api.test:80, api.test, 80",
    "tcp://10.0.0.1:22, tcp://10.0.0.1:22, 10.0.0.1, 22",
    "tcp://[0:0::1]:65535, tcp://[::1]:65535, ::1, 65535",
    "tcp://bücher.test:1, tcp://xn--bcher-kva.test:1, bücher.test, 1"
  })
  void aTunnelHasAHostAndAPortAndOneReading(String text, String url, String host, int port)
      throws Exception {
    Destination d = Destination.ofTunnel(text);
    assertEquals(url, d.url());
    assertEquals(port, d.port());
    assertEquals("tcp", d.scheme());
    assertFalse(d.secure());
    assertEquals(url.substring(6), d.authority());
    assertEquals(url, d.origin());
    assertEquals(url, d.withoutQuery());
    assertEquals(List.of(url), d.judgedForms());
    assertEquals(List.of(url), Distinct.of(d.deniedForms()));
    assertTrue(d.hasOneReading());
    assertEquals(d, Destination.ofTunnel(url));
    if (host.chars().allMatch(c -> c < 128)) assertEquals(host, d.host());
    assertThrows(InvalidDestinationException.class, () -> Destination.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "api.test:443",
        "tcp:api.test:443",
        "tcp://api.test",
        "tcp://api.test:",
        "tcp://api.test:0",
        "tcp://api.test:65536",
        "tcp://api.test:443/",
        "tcp://api.test:443?x",
        "tcp://api.test:443#x",
        "tcp://u@api.test:443",
        "tcp://:443",
        "tcp://1.2.3:443",
        "tcp://a\\b:443",
        "tcp://a b:443",
        " tcp://a:443",
        "http://api.test:443"
      })
  void anythingElseIsNone(String text) {
    assertThrows(InvalidDestinationException.class, () -> Destination.ofTunnel(text));
  }
}
