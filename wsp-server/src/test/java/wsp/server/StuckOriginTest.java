package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wsp.server.RawCaller.Answer;

/** An upload on version 1 of which nothing is taken any more: by the client, or by its origin. */
@Timeout(60)
class StuckOriginTest {
  private static final byte[] MORE_THAN_SOCKETS_HOLD = new byte[16 << 20];

  /** What the caller is told by a server whose client reads the head of the request alone. */
  private static Answer told(RunningServer server, RawPeer peer) throws Exception {
    RawCaller c = server.caller();
    c.request("POST", "/", "Content-Length: " + MORE_THAN_SOCKETS_HOLD.length);
    Thread upload = new Thread(() -> send(c), "upload");
    upload.start();
    peer.requestHead();
    Answer answer = c.head();
    c.close();
    upload.join();
    return answer;
  }

  private static void send(RawCaller c) {
    try {
      c.send(MORE_THAN_SOCKETS_HOLD);
    } catch (IOException e) {
      // It was told before.
    }
  }

  @Test
  void aClientThatPingsAllTheWhileHasAnOriginThatIsStuck() throws Exception {
    ScheduledExecutorService pings = Executors.newSingleThreadScheduledExecutor();
    try (RunningServer server = new RunningServer("errorcodes: standard", "stalltimeout: 1s")) {
      RawPeer peer = server.slowPeer();
      pings.scheduleAtFixedRate(() -> ping(peer), 0, 100, TimeUnit.MILLISECONDS);
      Answer answer = told(server, peer);
      assertEquals(504, answer.status());
    } finally {
      pings.shutdownNow();
    }
  }

  private static void ping(RawPeer peer) {
    try {
      peer.frame(true, RawPeer.PING, new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void oneThatIsSilentIsLostItself() throws Exception {
    try (RunningServer server = new RunningServer("errorcodes: standard", "stalltimeout: 1s")) {
      Answer answer = told(server, server.slowPeer());
      assertEquals(502, answer.status());
    }
  }
}
