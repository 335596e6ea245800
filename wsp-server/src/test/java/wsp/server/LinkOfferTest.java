package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client offers when it registers, and what it gets. */
class LinkOfferTest {
  @AutoClose private RunningServer server;

  private void start(String... yaml) {
    server = new RunningServer(yaml);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-PROXY-STREAMS: 0",
        "X-PROXY-STREAMS: many",
        "X-PROXY-WINDOW: -1",
        "X-PROXY-WINDOW: 2147483648",
        "X-PROXY-FRAME: 16777217",
        "X-PROXY-FRAME: 1\r\nX-PROXY-FRAME: 1"
      })
  void numbersOutOfRangeAreRefusedBeforeTheUpgrade(String field) throws Exception {
    start();
    RawPeer raw = server.kept(new RawPeer(server.port(), 0));
    raw.raw(RawPeer.handshake("Sec-WebSocket-Protocol: wsp.2", field));
    assertTrue(raw.head().startsWith("HTTP/1.1 400 "));
  }

  @Test
  void labelsComeBesideTheVersionInOneOffer() throws Exception {
    start();
    RawPeer raw = server.kept(new RawPeer(server.port(), 0));
    raw.raw(RawPeer.handshake("Sec-WebSocket-Protocol: wsp.2, wsp.labels", "X-PROXY-LABELS: red"));
    String head = raw.head().toLowerCase(Locale.ROOT);
    assertTrue(head.contains("sec-websocket-protocol: wsp.2\r\n"), head);
    raw.text("a_1").awaitPong();
    server.caller().request("GET", "/", "X-PROXY-CLIENT: red");
    assertEquals(LinkPeer.REQUEST | LinkPeer.END, raw.nextData().payload()[0] & 0xff);
  }

  @Test
  void whereTheConfigurationSaysSoVersion1IsSpokenWithAll() throws Exception {
    start("wire: 1");
    RawPeer raw = server.kept(new RawPeer(server.port(), 0));
    raw.raw(RawPeer.handshake("Sec-WebSocket-Protocol: wsp.2, wsp.labels", "X-PROXY-LABELS: red"));
    String head = raw.head().toLowerCase(Locale.ROOT);
    assertTrue(head.contains("sec-websocket-protocol: wsp.labels\r\n"), head);
    raw.text("a_1").awaitPong();
    RawCaller caller = server.caller().request("GET", "/");
    raw.request();
    raw.reply(200, "version 1");
    assertEquals("version 1", caller.answer().text());
  }
}
