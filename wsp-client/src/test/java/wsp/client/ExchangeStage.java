package wsp.client;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import wsp.client.FakeServer.Answer;

/** A server, a client and an origin, with one connection that has served. */
@Timeout(30)
abstract class ExchangeStage {
  @AutoClose ClientFixture fixture;
  ScriptedOrigin origin;
  Peer peer;

  @BeforeEach
  final void connect() throws Exception {
    fixture =
        new ClientFixture("blacklist: [url: /denied]", "connecttimeout: 2s", "responsetimeout: 2s");
    origin = fixture.origin;
    peer = fixture.healthy();
  }

  static byte[] random(int n) {
    byte[] bytes = new byte[n];
    new Random(n).nextBytes(bytes);
    return bytes;
  }

  final Answer get(String url) throws IOException {
    peer.get(url);
    return peer.answer();
  }
}
