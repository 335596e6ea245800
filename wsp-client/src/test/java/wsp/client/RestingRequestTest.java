package wsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.process.Threads;
import wsp.testing.Await;

/**
 * An origin answers before it has taken all of the request: as long as it takes the rest, the
 * exchange has its place, and it ends with its link.
 */
@Timeout(60)
class RestingRequestTest {
  /** More than two sockets take. */
  private static final String[] LONG = {"X-Long", "x".repeat(8 << 20)};

  private final FakeServer server = server();
  private ServerSocket origin;
  private ScriptedOrigin another;
  private WspClient client;

  private static FakeServer server() {
    try {
      return new FakeServer();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void open() throws Exception {
    origin = new ServerSocket();
    origin.setReceiveBufferSize(4096);
    origin.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    another = new ScriptedOrigin();
    client = client(1, 256);
  }

  private WspClient client(int exchanges, int mib) throws Exception {
    return ClientFixture.client(
        server.url(),
        "maxexchanges: " + exchanges,
        "maxenvelope: 16m",
        "envelopememory: " + mib + "m");
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    server.close();
    origin.close();
    another.close();
  }

  private String url() {
    return "http://127.0.0.1:" + origin.getLocalPort() + "/";
  }

  /** Has begun to read a request, and answers it. */
  private Socket answers() throws IOException {
    Socket socket = origin.accept();
    assertEquals('G', socket.getInputStream().read());
    String answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nearly";
    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static void takeRest(Socket from) throws IOException {
    InputStream in = new BufferedInputStream(from.getInputStream());
    for (int end = 0; end < 4; ) end = "\r\n\r\n".charAt(end) == in.read() ? end + 1 : 0;
  }

  private static void take(InputStream in, byte[] some) {
    try {
      var unused = in.read(some);
    } catch (IOException e) {
      // It was reset.
    }
  }

  private static void assertCut(Socket socket) throws IOException {
    socket.setSoTimeout(10_000);
    InputStream in = socket.getInputStream();
    long left = 0;
    try {
      for (int n; (n = in.read(new byte[65_536])) >= 0; ) left += n;
    } catch (SocketException e) {
      // It was reset, as it should be.
    }
    assertTrue(left < 8 << 20, "all of it came");
  }

  private void awaitPlace() {
    Await.until("nothing runs", ClientFixture.SOON, () -> running() == 0);
  }

  private int running() {
    return client.counts().get(0).streams();
  }

  private FramePeer version2() throws Exception {
    server.welcomeLines = FramePeer.WELCOME;
    client.start();
    return new FramePeer(server.next());
  }

  @Test
  void itHasItsPlaceUntilTheOriginHasTakenIt() throws Exception {
    FramePeer peer = version2();
    int id = peer.get(url(), LONG);
    try (Socket socket = answers()) {
      assertEquals("early", peer.await(id).text());
      assertEquals(1, peer.await(peer.get(another.url("/ok"))).reset, "there is one place");
      takeRest(socket);
      awaitPlace();
      assertEquals(200, peer.await(peer.get(another.url("/ok"))).head.status());
    }
  }

  @Test
  void itHasItsPlaceUntilTheOriginLeaves() throws Exception {
    FramePeer peer = version2();
    int id = peer.get(url(), LONG);
    try (Socket socket = answers()) {
      assertEquals("early", peer.await(id).text());
      assertEquals(1, running());
      socket.setSoLinger(true, 0);
    }
    awaitPlace();
  }

  @Test
  void itEndsWithItsLink() throws Exception {
    FramePeer peer = version2();
    int id = peer.get(url(), LONG);
    try (Socket socket = answers()) {
      assertEquals("early", peer.await(id).text());
      peer.peer.close();
      assertCut(socket);
      awaitPlace();
    }
  }

  @Test
  void itHasItsPlaceOnVersion1AsWell() throws Exception {
    client.start();
    Peer peer = server.next();
    peer.get(url(), LONG);
    try (Socket socket = answers()) {
      assertEquals("early", peer.answer().text());
      assertEquals(1, running());
      peer.get(another.url("/ok"));
      takeRest(socket);
      assertEquals(200, peer.answer().head().status());
      awaitPlace();
    }
  }

  @Test
  void itEndsWithItsLinkOnVersion1() throws Exception {
    client.start();
    Peer peer = server.next();
    peer.get(url(), LONG);
    try (Socket socket = answers()) {
      assertEquals("early", peer.answer().text());
      peer.close();
      assertCut(socket);
    }
  }

  /** Its server counts it no more, so one caller could have all places, and all memory. */
  @ParameterizedTest
  @CsvSource({"2, 1000", "1000, 256"})
  void theEldestGivesWayToOthersThatRest(int exchanges, int mib) throws Exception {
    client.close();
    client = client(exchanges, mib);
    FramePeer peer = version2();
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int id = peer.get(url(), LONG);
      sockets.add(answers());
      assertEquals("early", peer.await(id).text());
    }
    assertCut(sockets.get(0));
    assertEquals(200, peer.await(peer.get(another.url("/ok"))).head.status());
    takeRest(sockets.get(2));
    for (Socket socket : sockets) socket.close();
    awaitPlace();
  }

  @Test
  void theNextRequestOfVersion1DoesNotWaitForItForEver() throws Exception {
    client.start();
    Peer peer = server.next();
    peer.get(url(), LONG);
    try (Socket socket = answers()) {
      assertEquals("early", peer.answer().text());
      peer.get(another.url("/ok"));
      ScheduledExecutorService slowly = Threads.timer("test-slow-origin");
      try {
        byte[] some = new byte[32 << 10];
        InputStream in = socket.getInputStream();
        var unused =
            slowly.scheduleAtFixedRate(() -> take(in, some), 0, 200, TimeUnit.MILLISECONDS);
        assertEquals(200, peer.answer().head().status());
      } finally {
        slowly.shutdownNow();
      }
    }
  }
}
