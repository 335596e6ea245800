package wsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.testing.Await;

/** A client whose server is replaced by one of another age, or is told which wire to speak. */
@Timeout(90)
class FollowedWireTest {
  private static final String FIVE = "poolidlesize: 5";
  private static final byte[] FINE = "fine".getBytes(StandardCharsets.US_ASCII);

  /** A server that closes links before they were used is dialled again with back-off. */
  private static final Duration DIALLED = Duration.ofSeconds(35);

  /** One that was busy is one more, for half a minute. */
  private static void wants(WspClient client, int links) {
    Await.until(
        links + " links",
        DIALLED,
        () -> client.counts().get(0).idle() + client.counts().get(0).busy() >= links);
  }

  @Test
  void aServerThatIsRolledBackIsFollowedAndSoIsAnUpgrade() throws Exception {
    try (FakeServer server = new FakeServer();
        ScriptedOrigin origin = new ScriptedOrigin();
        WspClient client = ClientFixture.client(server.url(), "wire: auto", FIVE)) {
      int shared = Math.max(5, Runtime.getRuntime().availableProcessors());
      server.welcomeLines = FramePeer.WELCOME;
      client.start();
      FramePeer second = new FramePeer(server.next());
      assertEquals("fine", second.await(second.post(origin.url("/ok"), FINE)).text());
      wants(client, shared);
      assertEquals(2, client.counts().get(0).wire());

      server.welcomeLines = "";
      for (Peer p : server.all) p.close();
      for (int i = 1; i < shared; i++) server.next();
      Peer first = server.next();
      first.request("POST", origin.url("/ok"), FINE);
      assertEquals("fine", first.answer().text());
      wants(client, 5);
      assertEquals(1, client.counts().get(0).wire());

      server.welcomeLines = FramePeer.WELCOME;
      for (Peer p : server.all) p.close();
      Await.until("version 2 again", DIALLED, () -> client.counts().get(0).wire() == 2);
    }
  }

  @Test
  void withWire1NothingIsOffered() throws Exception {
    try (ClientFixture fixture = new ClientFixture("wire: 1")) {
      fixture.healthy();
      assertNull(FakeServer.field(fixture.server.heads.get(0), "Sec-WebSocket-Protocol"));
      assertNull(FakeServer.field(fixture.server.heads.get(0), "X-PROXY-STREAMS"));
    }
  }

  /** Numbers of the server that make no sense. */
  @ParameterizedTest
  @CsvSource({"X-PROXY-STREAMS: 0", "X-PROXY-WINDOW: -1", "X-PROXY-FRAME: many"})
  void aServerWhoseNumbersAreNoneIsNotGreeted(String line) throws Exception {
    try (FakeServer server = new FakeServer();
        WspClient client = ClientFixture.client(server.url(), "wire: auto")) {
      server.welcomeLines = FramePeer.WELCOME + line + "\r\n";
      client.start();
      Await.until("it is tried again", ClientFixture.SOON, () -> server.heads.size() > 1);
      assertEquals(0, server.all.size());
      server.welcomeLines = FramePeer.WELCOME;
      server.next();
    }
  }
}
