package wsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import wsp.client.FakeServer.Answer;
import wsp.envelope.EnvelopeCodec;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;

/** Limits as they are configured: what just fits passes, one more does not. */
class LimitEdgesTest {
  private static String envelope(String url, String filler) {
    return EnvelopeCodec.encode(new RequestEnvelope("GET", url, Headers.of("A", filler), 0));
  }

  @Test
  void anEnvelopeOfJustTheLimitIsServedAndOneCharacterMoreCostsTheConnection() throws Exception {
    try (ClientFixture f = new ClientFixture("maxenvelope: 1k")) {
      Peer peer = f.healthy();
      f.origin.on("/get", r -> r.reply("200 OK", "fits"));
      String url = f.origin.url("/get");
      String filler = "x".repeat(1024 - envelope(url, "").length());
      peer.text(envelope(url, filler));
      peer.binary(new byte[0]);
      assertEquals("fits", peer.answer().text());
      peer.text(envelope(url, filler + "x"));
      assertEquals(1009, peer.closed());
      f.healthy();
    }
  }

  @Test
  void aResponseHeadOfJustTheLimitPassesAndOneByteMoreIsA527() throws Exception {
    try (ClientFixture f = new ClientFixture("maxheader: 1k")) {
      Peer peer = f.healthy();
      String rest = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nA: \r\n\r\n";
      String exact = rest.replace("A: ", "A: " + "x".repeat(1024 - rest.length()));
      f.origin.on("/exact", r -> r.write(exact));
      f.origin.on("/over", r -> r.answerAndEnd(exact.replace("A: ", "A: x"), false));
      peer.get(f.origin.url("/exact"));
      assertEquals(200, peer.answer().head().status());
      peer.get(f.origin.url("/over"));
      Answer refused = peer.answer();
      assertEquals(527, refused.head().status());
      assertEquals("wsp-client; error=http_response_header_section_size", refused.proxyError());
      f.works(peer);
    }
  }

  @Test
  void anOriginHasAllOfTheResponseTimeoutForItsHead() throws Exception {
    try (ClientFixture f = new ClientFixture("responsetimeout: 700ms")) {
      Peer peer = f.healthy();
      f.origin.on("/never", ScriptedOrigin.Request::awaitGone);
      long begun = System.nanoTime();
      peer.get(f.origin.url("/never"));
      assertEquals(527, peer.answer().head().status());
      long took = Duration.ofNanos(System.nanoTime() - begun).toMillis();
      assertTrue(took >= 690 && took < 5000, "after " + took + " ms");
      f.awaitCancel("/never");
    }
  }

  @Test
  void aServerThatDoesNotAnswerTheHandshakeIsGivenUpAndTriedAgain() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        WspClient client =
            ClientFixture.client(
                "ws://127.0.0.1:" + silent.getLocalPort() + "/register", "dialtimeout: 700ms")) {
      silent.setSoTimeout(10_000);
      long begun = System.nanoTime();
      client.start();
      try (Socket first = silent.accept()) {
        first.setSoTimeout(10_000);
        readToTheEnd(first);
        long took = Duration.ofNanos(System.nanoTime() - begun).toMillis();
        assertTrue(took >= 690 && took < 5000, "after " + took + " ms");
      }
      silent.accept().close();
    }
  }

  private static void readToTheEnd(Socket s) throws IOException {
    try {
      while (s.getInputStream().read() >= 0) {}
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      // A reset is an end, too.
    }
  }
}
