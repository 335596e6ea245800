package wsp.envelope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpgradeFieldTest {
  private static RequestEnvelope request(long length, String... fields) {
    return new RequestEnvelope("GET", "http://a.test/", Headers.of(fields), length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "WebSocket", "SPDY/3.1", "tcp", "IRC/6.9", "RTA/x11", "~/!"})
  void aNameWithOrWithoutAVersionMayBeAskedFor(String protocol) {
    assertTrue(UpgradeField.isProtocol(protocol));
    RequestEnvelope asks = request(0, "Upgrade", protocol);
    assertEquals(protocol, UpgradeField.asked(asks));
    assertFalse(UpgradeField.isUnusable(asks));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "a/",
        "/1",
        "a/b/c",
        "a b",
        "a/b c",
        "a, b",
        "a,b",
        "\u00e4",
        "a/\u00e4",
        "a:b",
        "h2",
        "H2C",
        "h2c-14",
        "h2-14",
        "h3",
        "h3-29",
        "HTTP",
        "http/2",
        "HTTP/2.0",
        "TLS/1.2",
        "tls",
        "HTTP-draft-04/2.0"
      })
  void whatIsNoneAndWhatHidesRequestsMayNot(String protocol) {
    assertFalse(UpgradeField.isProtocol(protocol));
    RequestEnvelope asks = request(0, "Upgrade", protocol);
    assertNull(UpgradeField.asked(asks));
    assertTrue(UpgradeField.isUnusable(asks));
  }

  @Test
  void oneIsAskedForByARequestWithoutABody() {
    assertTrue(UpgradeField.isUnusable(request(0, "Upgrade", "a", "Upgrade", "a")));
    assertTrue(UpgradeField.isUnusable(request(5, "Upgrade", "a")));
    assertTrue(UpgradeField.isUnusable(request(RequestEnvelope.UNKNOWN, "Upgrade", "a")));
    assertFalse(UpgradeField.isUnusable(request(5)));
    assertNull(UpgradeField.asked(request(0)));
  }
}
