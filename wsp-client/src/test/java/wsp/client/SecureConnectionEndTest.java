package wsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A connection over TLS that has come to its end, whichever way, while the other end keeps its side
 * open for good.
 */
@Timeout(60)
class SecureConnectionEndTest {
  private static final byte[] NORMALLY = {3, (byte) 0xe8};
  private static final byte[] BEGINNING_OF_A_RECORD = {23, 3, 3, 64, 0};

  private static void end(String way, WspClient client, FramePeer link) throws Exception {
    switch (way) {
      case "close" -> link.peer.frame(Peer.CLOSE, true, NORMALLY);
      case "close within a request" -> {
        link.open("POST", "http://origin.test/", 9, false);
        link.peer.frame(Peer.CLOSE, true, NORMALLY);
      }
      case "violation" -> link.frame(9, 1, new byte[4]);
      case "violation of the frames" -> link.peer.raw(new byte[] {(byte) 0x83, 0});
      case "no target" -> client.use(ClientFixture.config("wss://127.0.0.1:9/register"));
      default -> throw new AssertionError(way);
    }
  }

  /** Until nothing can be sent any more. */
  private static void pingOnAndOn(Peer peer) {
    try {
      while (true) peer.frame(Peer.PING, true, new byte[0]);
    } catch (IOException e) {
      // That is what is waited for.
    }
  }

  /** Reads below TLS to the end. */
  private static boolean isOver(Socket below) throws IOException {
    below.setSoTimeout(FakeServer.PATIENCE_MILLIS);
    try {
      return below.getInputStream().transferTo(OutputStream.nullOutputStream()) >= 0;
    } catch (SocketException e) {
      return true;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "close, false",
    "close within a request, false",
    "violation, false",
    "violation of the frames, false",
    "no target, false",
    "close, true",
    "violation, true",
  })
  void aLinkEndsThoughTheServerDoesNot(String way, boolean sendsOn) throws Exception {
    try (FakeServer server = new FakeServer()) {
      server.tls = CertifiedDoor.context("rsa");
      server.welcomeLines = FramePeer.WELCOME;
      // The answer to this end's close frame is awaited for some ticks.
      String patience = way.equals("no target") ? "deadpeer: 1s" : "deadpeer: 30s";
      try (WspClient client =
          ClientFixture.client(server.url(), "wire: auto", "targetinsecure: true", patience)) {
        client.start();
        FramePeer link = new FramePeer(server.next());
        Socket below = server.below.remove();
        end(way, client, link);
        if (sendsOn) FakeServer.start(() -> pingOnAndOn(link.peer));
        assertTrue(isOver(below));
      }
    }
  }

  /** Answers, and sends a byte of a record now and then, as long as the connection is there. */
  private static void answerAndDrip(Socket below, BlockingQueue<String> ends) {
    try {
      Socket secure =
          CertifiedDoor.context("rsa").getSocketFactory().createSocket(below, null, true);
      InputStream in = secure.getInputStream();
      for (int newlines = 0; newlines < 4; ) {
        int b = in.read();
        newlines = b == '\r' || b == '\n' ? newlines + 1 : 0;
      }
      String answer = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";
      secure.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
      below.getOutputStream().write(BEGINNING_OF_A_RECORD);
      below.setSoTimeout(300);
      while (!ended(below)) below.getOutputStream().write(1);
      ends.add("the end");
    } catch (IOException e) {
      ends.add("cut");
    }
  }

  private static boolean ended(Socket below) throws IOException {
    try {
      while (below.getInputStream().read() >= 0) {}
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  @Test
  void anOriginsEndsThoughItSendsAByteNowAndThen() throws Exception {
    BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    try (ServerSocket origin = new ServerSocket(0, 9, InetAddress.getLoopbackAddress());
        ClientFixture f = new ClientFixture("origininsecure: true")) {
      FakeServer.start(
          () -> {
            try {
              answerAndDrip(origin.accept(), ends);
            } catch (IOException e) {
              ends.add("it never came");
            }
          });
      Peer peer = f.server.next();
      peer.get("https://127.0.0.1:" + origin.getLocalPort() + "/");
      assertEquals("ok", peer.answer().text());
      String end = ends.poll(FakeServer.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      assertTrue("the end".equals(end) || "cut".equals(end), end);
    }
  }
}
