package wsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.testing.Await;

/** A client with labels, and servers that know of them or do not. */
@Timeout(60)
class LabelsOfferTest {
  private static final String LABELS = "labels: [red, eu-west.1]";

  /** The lines of a handshake that differ from one to the next are left out. */
  private static String head(String... configuration) throws Exception {
    try (ClientFixture fixture = new ClientFixture(configuration)) {
      fixture.healthy();
      return fixture
          .server
          .heads
          .get(0)
          .replaceFirst("(?m)^Host: .*\\R", "")
          .replaceFirst("(?m)^Sec-WebSocket-Key: .*\\R", "");
    }
  }

  @Test
  void onVersion1WithoutLabelsTheHandshakeIsWhatItWas() throws Exception {
    assertEquals(
        "GET /register HTTP/1.1\r\n"
            + "User-Agent: wsp-client\r\n"
            + "Upgrade: websocket\r\n"
            + "Connection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\n"
            + "X-SECRET-KEY: s\r\n\r\n",
        head("secretkey: s", "wire: 1"));
  }

  @Test
  void withLabelsTheyAreOfferedAndAnOriginalServerNeedNotAnswer() throws Exception {
    assertEquals(
        "GET /register HTTP/1.1\r\n"
            + "User-Agent: wsp-client\r\n"
            + "Upgrade: websocket\r\n"
            + "Connection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\n"
            + "X-SECRET-KEY: s\r\n"
            + "Sec-WebSocket-Protocol: wsp.2, wsp.labels\r\n"
            + "X-PROXY-LABELS: red, eu-west.1\r\n"
            + "X-PROXY-STREAMS: 1000\r\n"
            + "X-PROXY-WINDOW: 65536\r\n"
            + "X-PROXY-FRAME: 65536\r\n\r\n",
        head("secretkey: s", "wire: auto", LABELS));
  }

  @Test
  void aServerThatTakesThemIsServedLikewise() throws Exception {
    try (FakeServer server = new FakeServer();
        ScriptedOrigin origin = new ScriptedOrigin();
        WspClient client = ClientFixture.client(server.url(), LABELS)) {
      server.welcomeLines = "Sec-WebSocket-Protocol: wsp.labels\r\n";
      client.start();
      Peer peer = server.next();
      assertEquals("test_1", peer.greeting);
      peer.get(origin.url("/ok"));
      assertEquals(200, peer.answer().head().status());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"wsp.other", "wsp.labels, wsp.other"})
  void aServerThatChoosesSomethingElseIsNotGreeted(String chosen) throws Exception {
    try (FakeServer server = new FakeServer();
        WspClient client = ClientFixture.client(server.url(), LABELS)) {
      server.welcomeLines = "Sec-WebSocket-Protocol: " + chosen + "\r\n";
      client.start();
      Await.until("it is tried again", ClientFixture.SOON, () -> server.heads.size() > 1);
      assertTrue(server.all.isEmpty(), "it has greeted");
      server.welcomeLines = "";
      server.next();
    }
  }

  @Test
  void whereTheyAreNotAskedForAServerMayNotChooseThem() throws Exception {
    try (FakeServer server = new FakeServer();
        WspClient client = ClientFixture.client(server.url())) {
      server.welcomeLines = "Sec-WebSocket-Protocol: wsp.labels\r\n";
      client.start();
      Await.until("it is tried again", ClientFixture.SOON, () -> server.heads.size() > 1);
      assertTrue(server.all.isEmpty(), "it has greeted");
    }
  }

  @Test
  void anotherSecretComesWithTheSameLabels() throws Exception {
    try (ClientFixture fixture = new ClientFixture(LABELS, "secretkey: old")) {
      Peer peer = fixture.healthy();
      fixture.client.use(
          ClientConfig.of(
              wsp.config.ConfigFile.parse(
                  "f", "targets: ['" + fixture.server.url() + "']\nsecretkey: new\n")));
      peer.close();
      fixture.server.next();
      String head = fixture.server.heads.get(fixture.server.heads.size() - 1);
      assertEquals("new", FakeServer.field(head, "X-SECRET-KEY"));
      assertEquals("red, eu-west.1", FakeServer.field(head, "X-PROXY-LABELS"));
    }
  }
}
