package wsp.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.config.ConfigException;
import wsp.server.RawCaller.Answer;
import wsp.testing.Await;
import wsp.tls.PemFile;
import wsp.tls.TlsFiles;
import wsp.tls.TlsSettings;

/** TLS on the port, with the JDK's own as the other end. */
class TlsTest {
  private static final Path FILES = Path.of("..", "wsp-common", "src", "test", "resources", "tls");
  private static final int MIB = 1 << 20;

  @TempDir Path dir;
  private RunningServer server;

  @BeforeEach
  void start() throws Exception {
    use("ec");
    server = new RunningServer(config("", "headertimeout: 1s", "timeout: 300"));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  /** Puts a certificate where the server looks for it. */
  private void use(String name) throws IOException {
    for (String end : new String[] {".key", ".pem"}) {
      Path copy = Files.copy(FILES.resolve(name + end), dir.resolve("new"));
      Files.move(copy, dir.resolve("server" + end), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private String config(String tls, String... more) {
    return "tls: {certfile: %s/server.pem, keyfile: %s/server.key%s}\n".formatted(dir, dir, tls)
        + String.join("\n", more);
  }

  private static PemFile pem(String name) {
    return new PemFile("test", FILES.resolve(name));
  }

  private static SSLContext trusting(String ca, @Nullable String own) throws ConfigException {
    PemFile chain = own == null ? null : pem(own + ".pem");
    PemFile key = own == null ? null : pem(own + ".key");
    return TlsFiles.client(new TlsSettings(pem(ca), chain, key, false)).context();
  }

  private SSLSocket tls(SSLContext context, String... protocols) throws IOException {
    return tls(context, 0, protocols);
  }

  private SSLSocket tls(SSLContext context, int receiveBuffer, String... protocols)
      throws IOException {
    // Kept first, to be closed first: an SSLSocket that somebody writes to does not close.
    return tls(context, server.kept(RawCaller.connected(server.port(), receiveBuffer)), protocols);
  }

  private SSLSocket tls(SSLContext context, Socket plain, String... protocols) throws IOException {
    SSLSocket s =
        (SSLSocket) context.getSocketFactory().createSocket(plain, "127.0.0.1", 443, true);
    if (protocols.length > 0) s.setEnabledProtocols(protocols);
    return server.kept(s);
  }

  private RawCaller caller(String... protocols) throws Exception {
    return new RawCaller(tls(trusting("ca.pem", null), protocols));
  }

  private RawPeer peer(String own, String... protocols) throws Exception {
    RawPeer peer = RawPeer.open(tls(trusting("ca.pem", own), protocols));
    peer.text("client_1").awaitPong();
    return peer;
  }

  private static void echo(RawPeer.Request r, RawPeer p) throws IOException {
    String body = new String(r.body(), StandardCharsets.UTF_8);
    p.reply(200, r.envelope().method() + " " + body);
  }

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

  private static String status(RawCaller c) throws IOException {
    return c.send("GET /status HTTP/1.1\r\nHost: h\r\n\r\n").answer().text();
  }

  /** Both directions at once, much more than fits into any buffer, both ends slow at times. */
  @Test
  void aLargeBodyCrossesBothWaysAtTheSameTime() throws Exception {
    long total = 48L * MIB;
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
    Await.until("nothing is left", () -> server.server.connections() == 0);
    assertEquals("ok", status(caller()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.1", "TLSv1"})
  void olderVersionsAreRefused(String version) throws Exception {
    // This JVM would not offer them by itself: a hello of theirs, by hand.
    int minor = version.equals("TLSv1") ? 1 : 2;
    RawCaller c = server.caller();
    c.send(hello(minor, new byte[] {3, (byte) minor}));
    InputStream in = c.socket.getInputStream();
    assertEquals(21, in.read(), "no alert");
    in.readNBytes(4);
    assertEquals(2, in.read(), "it is not fatal");
    assertEquals(70, in.read(), "it is not protocol_version");
  }

  /** A ClientHello (RFC 5246 §7.4.1.2) of one cipher suite. */
  private static byte[] hello(int minor, byte[] version) {
    int length = 2 + 32 + 1 + 2 + 2 + 2;
    ByteBuffer b = ByteBuffer.allocate(9 + length);
    b.put((byte) 22).put((byte) 3).put((byte) minor).putShort((short) (4 + length));
    b.put((byte) 1).put((byte) 0).putShort((short) length);
    b.put(version).put(new byte[32]).put((byte) 0);
    b.putShort((short) 2).putShort((short) 0xc013).put((byte) 1).put((byte) 0);
    return b.array();
  }

  @Test
  void aHandshakeThatStopsHalfWayIsCutByTheLimit() throws Exception {
    byte[] hello = hello(3, new byte[] {3, 3});
    RawCaller c = server.caller();
    c.send(Arrays.copyOf(hello, 20));
    RawCaller silent = server.caller();
    Await.until("both are cut", () -> server.server.connections() == 0);
    assertTrue(c.ended());
    assertTrue(silent.ended());
  }

  @ParameterizedTest
  @ValueSource(strings = {"SSH-2.0-x\r\n", "GETTY", "\r\n\r\n\u0000\r\nQUIT\n", "\u0000\u0000"})
  void whatIsNotTlsIsCutWithoutAnAnswer(String text) throws Exception {
    RawCaller c = server.caller();
    c.send((text + "x".repeat(100)).getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(0, c.socket.getInputStream().readAllBytes().length);
    assertEquals("ok", status(caller()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "POST", "HEAD", "PATCH", "DELETE", "OPTIONS", "CONNECT"})
  void plainHttpIsToldWhatIsMissing(String method) throws Exception {
    for (int piece : new int[] {1, 1000}) {
      RawCaller c = server.caller();
      String request = method + " http://h/status HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n";
      for (int at = 0; at < request.length(); at += piece)
        c.send(request.substring(at, Math.min(request.length(), at + piece)));
      Answer answer = c.answer();
      assertEquals(400, answer.status());
      assertTrue(answer.text().contains("this port speaks TLS"), answer.text());
      assertEquals(0, c.socket.getInputStream().readAllBytes().length, "no alert behind it");
    }
  }

  @Test
  void plainHttpBehindTheFirstRecordIsToldNothing() throws Exception {
    RawCaller c = server.caller();
    c.send(hello(3, new byte[] {3, 3}));
    c.send("GET /status HTTP/1.1\r\nHost: h\r\n\r\n");
    byte[] answer = c.socket.getInputStream().readAllBytes();
    assertFalse(new String(answer, StandardCharsets.ISO_8859_1).contains("HTTP"));
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
  void aSecondHandshakeInTls12IsRefused() throws Exception {
    RawCaller c = caller("TLSv1.2");
    assertEquals("ok", status(c));
    ((SSLSocket) c.socket).startHandshake();
    assertThrows(
        IOException.class,
        () -> {
          for (int i = 0; i < 100; i++) status(c);
        });
    Await.until("it is gone", () -> server.server.connections() == 0);
  }

  @Test
  void newKeysMayBeAskedForButNotForEver() throws Exception {
    RawCaller c = caller("TLSv1.3");
    for (int i = 0; i < 5; i++) {
      ((SSLSocket) c.socket).startHandshake(); // a KeyUpdate, in this version
      assertEquals("ok", status(c));
    }
    assertThrows(
        IOException.class,
        () -> {
          for (int i = 0; i < 2000; i++) {
            ((SSLSocket) c.socket).startHandshake();
            if (i % 100 == 0) status(c);
          }
        });
    Await.until("it is gone", () -> server.server.connections() == 0);
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
