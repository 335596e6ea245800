package wsp.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.client.FakeServer.Answer;
import wsp.config.ConfigFile;
import wsp.testing.Await;
import wsp.tls.TlsFiles;
import wsp.tls.TlsSettings;

/** The ways to a server: TLS, a proxy, both. Certificates are those of wsp-common. */
@Timeout(60)
class TargetTest {
  private static final Path FILES =
      Path.of("..", "wsp-common", "src", "test", "resources", "tls").toAbsolutePath().normalize();
  private static final String TRUST = "targetcafile: " + FILES.resolve("ca.pem");
  private static final String CREDENTIALS = "Proxy-Authorization: Basic bWU6c2VjcmV0\r\n";

  private final List<ServerSocket> listeners = new ArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private FakeServer server;
  private ScriptedOrigin origin;

  @BeforeEach
  void open() throws IOException {
    server = new FakeServer();
    origin = new ScriptedOrigin();
  }

  @AfterEach
  void close() throws IOException {
    for (ServerSocket l : listeners) l.close();
    server.close();
    origin.close();
  }

  private interface Door {
    /** What comes in goes on to this port; -1 for nowhere. */
    int enter(Socket socket) throws IOException;
  }

  private int listen(ServerSocket listener, Door door) {
    listeners.add(listener);
    FakeServer.start(
        () -> {
          while (!listener.isClosed()) {
            try {
              Socket in = listener.accept();
              FakeServer.start(() -> pass(in, door));
            } catch (IOException e) {
              return;
            }
          }
        });
    return listener.getLocalPort();
  }

  private static void pass(Socket in, Door door) {
    try (in) {
      int port = door.enter(in);
      if (port < 0) return;
      try (Socket out = new Socket(InetAddress.getLoopbackAddress(), port)) {
        FakeServer.start(() -> pump(out, in));
        pump(in, out);
      }
    } catch (IOException e) {
      // One end has left, and the test sees what becomes of the other.
    }
  }

  private static void pump(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      byte[] buffer = new byte[10_000];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        to.getOutputStream().write(buffer, 0, n);
        to.getOutputStream().flush();
      }
    } catch (IOException e) {
      // The same.
    }
  }

  /** TLS in front of the server. */
  private int tls(String certificate) throws Exception {
    String yaml = "{c: %s.pem, k: %s.key, a: ca.pem}".formatted(certificate, certificate);
    ConfigFile config = ConfigFile.parse(FILES.resolve("test.cfg").toString(), yaml);
    TlsFiles tls = TlsFiles.server(TlsSettings.ofServer(config, "c", "k", "a"));
    return listen(
        tls.context().getServerSocketFactory().createServerSocket(0), socket -> server.port());
  }

  /** A proxy that wants to know who asks. */
  private int proxy(String answer) throws IOException {
    return listen(
        new ServerSocket(0, 50, InetAddress.getLoopbackAddress()),
        socket -> {
          StringBuilder head = new StringBuilder();
          DataInputStream in = new DataInputStream(socket.getInputStream());
          while (head.indexOf("\r\n\r\n") < 0) head.append((char) in.readUnsignedByte());
          asked.add(head.toString());
          boolean known = head.indexOf(CREDENTIALS) > 0;
          String text = known ? answer : "HTTP/1.1 407 Who\r\n\r\n";
          socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
          int end = head.indexOf(" HTTP/1.1");
          String port = head.substring(head.indexOf(":") + 1, end);
          return text.startsWith("HTTP/1.1 200") ? Integer.parseInt(port) : -1;
        });
  }

  private void serves(WspClient client) throws Exception {
    client.start();
    Peer peer = server.next();
    byte[] body = new byte[3 << 20];
    new Random(1).nextBytes(body);
    peer.request("POST", origin.url("/ok"), body);
    Answer answer = peer.answer();
    assertEquals(200, answer.head().status());
    assertArrayEquals(body, answer.body());
    assertTrue(server.heads.get(0).startsWith("GET /register HTTP/1.1\r\n"));
    assertTrue(!server.heads.get(0).contains("Proxy-Authorization"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa", "ec"})
  void aServerBehindTls(String certificate) throws Exception {
    try (WspClient client =
        ClientFixture.client("wss://localhost:" + tls(certificate) + "/register", TRUST)) {
      serves(client);
    }
  }

  @ParameterizedTest
  @CsvSource({"ws", "wss"})
  void aServerBehindAProxy(String scheme) throws Exception {
    int port = scheme.equals("wss") ? tls("ec") : server.port();
    int proxy = proxy("HTTP/1.1 200 Connection established\r\n\r\n");
    try (WspClient client =
        ClientFixture.client(
            scheme + "://localhost:" + port + "/register",
            TRUST,
            "proxy: http://me:secret@127.0.0.1:" + proxy)) {
      serves(client);
      assertTrue(asked.get(0).startsWith("CONNECT localhost:" + port + " HTTP/1.1\r\n"));
      assertTrue(asked.get(0).contains("\r\nHost: localhost:" + port + "\r\n"), asked.get(0));
    }
  }

  private static InetAddress[] thisMachine(String name) {
    return new InetAddress[] {InetAddress.getLoopbackAddress()};
  }

  @Test
  void aServerByNameHasToProveThatItIsTheOneOfThatName() throws Exception {
    int port = tls("ec");
    try (WspClient stranger =
            ClientFixture.client(
                TargetTest::thisMachine, "dns+wss://servers.test:" + port + "/register", TRUST);
        WspClient client =
            ClientFixture.client(
                TargetTest::thisMachine, "dns+wss://localhost:" + port + "/register", TRUST)) {
      stranger.start();
      serves(client);
      assertEquals(1, server.heads.size());
      assertEquals("localhost:" + port, FakeServer.field(server.heads.get(0), "Host"));
    }
  }

  @Test
  void aProxyIsAskedForTheAddressOfAServerByName() throws Exception {
    int proxy = proxy("HTTP/1.1 200 Connection established\r\n\r\n");
    try (WspClient client =
        ClientFixture.client(
            TargetTest::thisMachine,
            "dns+ws://servers.test:" + server.port() + "/register",
            "proxy: http://me:secret@127.0.0.1:" + proxy)) {
      serves(client);
      assertTrue(asked.get(0).startsWith("CONNECT 127.0.0.1:" + server.port() + " HTTP"));
      assertEquals("servers.test:" + server.port(), FakeServer.field(server.heads.get(0), "Host"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 403 No\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\nI speak first",
        "hello\r\n\r\n",
        ""
      })
  void aProxyThatDoesNotLetUsThroughIsAskedAgainLater(String answer) throws Exception {
    int proxy = proxy(answer);
    try (WspClient client =
        ClientFixture.client(
            "ws://localhost:" + server.port() + "/register",
            "proxy: http://me:secret@127.0.0.1:" + proxy)) {
      client.start();
      Await.until("it is asked", ClientFixture.SOON, () -> !asked.isEmpty());
      assertTrue(server.heads.isEmpty());
    }
  }

  @Test
  void aServerThatIsNotTrustedIsNotToldTheSecret() throws Exception {
    try (WspClient client =
        ClientFixture.client(
            "wss://localhost:" + tls("stranger") + "/register", TRUST, "secretkey: s")) {
      client.start();
      try (FakeServer other = new FakeServer();
          WspClient second = ClientFixture.client(other.url())) {
        second.start();
        other.next();
      }
      assertTrue(server.heads.isEmpty());
    }
  }

  @Test
  void aConnectionOverTlsOutlivesTheLimitForItsOpening() throws Exception {
    try (WspClient client =
        ClientFixture.client(
            "wss://localhost:" + tls("ec") + "/register", TRUST, "dialtimeout: 1s")) {
      client.start();
      Peer peer = server.next();
      origin.on(
          "/slow",
          r -> {
            r.proceed.acquireUninterruptibly();
            r.reply("200 OK", "at last");
          });
      peer.get(origin.url("/slow"));
      long end = System.nanoTime() + 4_000_000_000L;
      Await.until("four times the limit", ClientFixture.SOON, () -> System.nanoTime() > end);
      origin.last("/slow").proceed.release();
      assertEquals("at last", peer.answer().text());
    }
  }

  /** One byte at a time, for as long as anybody listens. */
  @Test
  void anOpeningThatNeverEndsIsEnded() throws Exception {
    List<Socket> dialled = new CopyOnWriteArrayList<>();
    int port =
        listen(
            new ServerSocket(0, 50, InetAddress.getLoopbackAddress()),
            socket -> {
              dialled.add(socket);
              try {
                while (true) {
                  socket.getOutputStream().write('H');
                  long next = System.nanoTime() + 50_000_000L;
                  Await.until("a while", ClientFixture.SOON, () -> System.nanoTime() > next);
                }
              } catch (IOException e) {
                return -1;
              }
            });
    try (WspClient client =
        ClientFixture.client("ws://localhost:" + port + "/register", "dialtimeout: 1s")) {
      client.start();
      Await.until("it is dialled again", ClientFixture.SOON, () -> dialled.size() > 1);
    }
  }
}
