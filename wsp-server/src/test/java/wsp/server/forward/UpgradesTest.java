package wsp.server.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.config.TunnelPorts;
import wsp.envelope.Headers;
import wsp.http1.RequestHead;
import wsp.server.routes.Routes;

class UpgradesTest {
  private static final Entrances OPEN =
      new Entrances(true, TunnelPorts.NONE, List.of("websocket", "SPDY/3.1"), Routes.NONE, 1024);

  private static RequestHead head(boolean http11, long length, Headers fields) {
    return new RequestHead("GET", "/request", "/request", http11, fields, length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "websocket | Upgrade | websocket",
        "WebSocket | keep-alive, Upgrade | websocket",
        "websocket | upgrade,keep-alive | websocket",
        "h2c, websocket | Upgrade, HTTP2-Settings | websocket",
        "websocket | keep-alive | -",
        "h2c | Upgrade | -",
        "websocket/13 | Upgrade | -",
        "SPDY/3.1 | Upgrade | SPDY/3.1",
        "spdy/3.1 | Upgrade | SPDY/3.1",
        "spdy/4, spdy/3.1 | Upgrade | SPDY/3.1",
        "spdy | Upgrade | -",
        "websockets | Upgrade | -",
        "'' | Upgrade | -"
      })
  void aListedProtocolThatTheConnectionNamesIsAskedFor(
      String upgrade, String connection, String asked) {
    Headers fields = Headers.of("Upgrade", upgrade, "Connection", connection);
    assertEquals(asked, Upgrades.of(head(true, 0, fields), OPEN));
    assertNull(Upgrades.of(head(false, 0, fields), OPEN));
    assertNull(Upgrades.of(head(true, 5, fields), OPEN));
  }

  @Test
  void theFieldsOfTheHopAreAskedOfTheNextOne() {
    Headers sent = Headers.of("Upgrade", "h2c, websocket", "Connection", "keep-alive, Upgrade");
    Headers passed = Upgrades.on(sent.endToEnd(), "websocket");
    assertEquals(Headers.of("Connection", "Upgrade", "Upgrade", "websocket"), passed);
    assertEquals("websocket", Upgrades.in(passed));
    assertNull(Upgrades.in(sent.endToEnd()));
    assertSame(passed, Upgrades.on(passed, null));
  }
}
