package wsp.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.server.RawCaller.Answer;
import wsp.testing.Await;

/** TLS on the port. */
class TlsTest extends TlsFixture {
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aRequestGoesAllTheWayInBothVersions(String version) throws Exception {
    peer(null, version).serve(TlsTest::echo);
    RawCaller c = caller(version);
    for (int i = 0; i < 20; i++) {
      Answer a = c.request("POST", "/", "Content-Length: 5").send("hello").answer();
      assertEquals("POST hello", a.text());
    }
    assertEquals(version, ((SSLSocket) c.socket).getSession().getProtocol());
    server.awaitCounts(1, 1, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa", "ed25519"})
  void otherKindsOfCertificatesDo(String name) throws Exception {
    use(name);
    Await.until("it is in use", () -> subject(caller("TLSv1.3")).endsWith(name));
  }

  /** Both directions at once, much more than fits into any buffer, both ends slow at times. */
  @Test
  void aLargeBodyCrossesBothWaysAtTheSameTime() throws Exception {
    long total = 16L * MIB;
    RawPeer peer = peer(null);
    peer.onThread(p -> streamBack(p, total));
    RawCaller c = new RawCaller(tls(trusting("ca.pem", null), 16 * 1024));
    c.request("POST", "/", "Transfer-Encoding: chunked");
    MessageDigest sent = MessageDigest.getInstance("SHA-256");
    CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> send(c, total, sent));
    MessageDigest received = MessageDigest.getInstance("SHA-256");
    assertEquals(200, c.head().status());
    long got = 0;
    for (byte[] chunk = c.chunk(); chunk.length > 0; chunk = c.chunk()) {
      received.update(chunk);
      got += chunk.length;
    }
    sender.get();
    assertEquals(total, got);
    assertArrayEquals(sent.digest(), received.digest());
    server.awaitCounts(1, 1, 0);
  }

  private static void send(RawCaller c, long total, MessageDigest digest) {
    Random random = new Random(1);
    byte[] piece = new byte[50_000];
    try {
      for (long left = total; left > 0; ) {
        random.nextBytes(piece);
        int n = (int) Math.min(left, piece.length);
        digest.update(piece, 0, n);
        c.send(Integer.toHexString(n) + "\r\n");
        c.socket.getOutputStream().write(piece, 0, n);
        c.send("\r\n");
        left -= n;
      }
      c.send("0\r\n\r\n");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Every fragment of the request comes back as one of the answer. */
  private static void streamBack(RawPeer p, long total) {
    try {
      p.requestHead();
      p.envelope(200, -1);
      boolean first = true;
      for (RawPeer.Frame f = p.nextData(); ; f = p.nextData()) {
        p.frame(f.fin(), first ? RawPeer.BINARY : 0, f.payload());
        first = false;
        if (f.fin()) return;
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aCallerThatTakesNothingStopsThePeer() throws Exception {
    RawPeer peer = peer(null);
    RawCaller c = new RawCaller(tls(trusting("ca.pem", null), 4096));
    c.request("GET", "/");
    peer.request();
    long[] written = {0};
    Thread writer =
        new Thread(
            () -> {
              try {
                peer.envelope(200, -1).frame(false, RawPeer.BINARY, new byte[1]);
                for (; written[0] < 200; written[0]++) peer.frame(false, 0, new byte[MIB]);
              } catch (IOException e) {
                // The end of the test.
              }
            });
    writer.start();
    long[] last = {-1};
    // Sockets and both TLS engines buffer some megabytes at most.
    Await.until(
        "the peer is stopped",
        () -> {
          boolean stopped = written[0] > 0 && written[0] == last[0];
          last[0] = written[0];
          writer.join(500);
          return stopped;
        });
    assertTrue(written[0] < 60, written[0] + " MiB were taken");
  }

  @Test
  void aCertificateThatChangedIsTheNextConnections() throws Exception {
    RawCaller before = caller();
    assertEquals("ok", status(before));
    assertEquals("CN=WSP test ec", subject(before));
    use("rsa");
    Await.until(
        "the new certificate is in use",
        () -> {
          return subject(caller()).equals("CN=WSP test rsa");
        });
    assertEquals("ok", status(before));
  }

  private static String subject(RawCaller c) throws IOException {
    X509Certificate first =
        (X509Certificate) ((SSLSocket) c.socket).getSession().getPeerCertificates()[0];
    return first.getSubjectX500Principal().getName();
  }

  @Test
  void whoDoesNotTrustTheServerLeavesWithoutATrace() throws Exception {
    SSLSocket s = tls(trusting("other-ca.pem", null));
    assertThrows(SSLHandshakeException.class, s::startHandshake);
    s.close();
    Await.until("nothing is left", () -> server.server.listener.connections() == 0);
    assertEquals("ok", status(caller()));
  }

  @Test
  void recordsMayComeByteByByte() throws Exception {
    RawCaller c = caller();
    assertEquals("ok", status(c));
    for (char b : "GET /status HTTP/1.1\r\nHost: h\r\n\r\n".toCharArray()) c.send("" + b);
    assertEquals("ok", c.answer().text());
  }

  /** More of them than fit into a turn, if they come together. */
  @Test
  void aBodyInRecordsOfOneByteArrivesAsItIs() throws Exception {
    peer(null).serve(TlsTest::echo);
    RawCaller c = caller();
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < 3000; i++) body.append((char) ('a' + i % 26));
    c.request("POST", "/tiny", "Content-Length: 3000");
    for (char b : body.toString().toCharArray()) c.send("" + b);
    assertEquals("POST " + body, c.answer().text());
    assertEquals("ok", status(c));
  }

  @Test
  void anEndIsAnnouncedToTheOtherSide() throws Exception {
    RawCaller c = caller();
    c.send("GET /status HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    assertEquals("ok", c.answer().text());
    // Without a close_notify, this would be an exception.
    assertEquals(-1, c.read());
  }

  @Test
  void anAnswerThatBreaksOffIsNotAnnouncedAsComplete() throws Exception {
    RawPeer peer = peer(null);
    RawCaller c = caller();
    c.request("GET", "/");
    peer.request();
    peer.envelope(200, 100).frame(false, RawPeer.BINARY, new byte[10]);
    assertEquals(200, c.head().status());
    peer.reset();
    assertFalse(c.answerBody().complete() && c.answerBody().body().length == 100);
  }

  /** Its caller says goodbye, or somebody on the way puts in what is no record. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anHttp10AnswerThatBreaksOffIsNotAnnouncedAsComplete(boolean goodbye) throws Exception {
    RawPeer peer = peer(null);
    Socket plain = server.kept(RawCaller.connected(server.port(), 0));
    RawCaller c = new RawCaller(tls(trusting("ca.pem", null), plain, "TLSv1.3"));
    c.send("GET /request HTTP/1.0\r\nX-PROXY-DESTINATION: http://o.test/\r\n\r\n");
    peer.request();
    peer.envelope(200, -1).frame(false, RawPeer.BINARY, new byte[10]);
    assertEquals(200, c.head().status());
    if (goodbye) c.socket.shutdownOutput();
    else plain.getOutputStream().write(new byte[5]);
    assertFalse(c.answerBody().complete(), "a clean end means that the answer is whole");
    assertEquals(1006, peer.closedWith());
  }

  @Test
  void aCallerThatSaysGoodbyeIsGone() throws Exception {
    RawPeer peer = peer(null);
    RawCaller c = caller();
    c.request("GET", "/");
    peer.request();
    c.socket.close();
    assertEquals(1006, peer.closedWith());
    server.awaitCounts(0, 0, 0);
  }

  @Test
  void withAnAuthorityForClientsOnlyThoseItKnowsMayRegister() throws Exception {
    server.reload(config(", clientca: " + FILES.resolve("ca.pem").toAbsolutePath()));
    peer("client").serve(TlsTest::echo);
    RawCaller none = caller();
    Answer refused = none.send(RawPeer.handshake()).answer();
    assertEquals(526, refused.status());
    assertEquals("A client certificate is required\n", refused.text());
    // One of another authority is not even shown by a client that was told which ones are known.
    RawCaller stranger = new RawCaller(tls(trusting("ca.pem", "stranger")));
    assertEquals(526, stranger.send(RawPeer.handshake()).answer().status());
    assertEquals("GET ", caller().get("/").text());
  }
}
