package wsp.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.observe.ObserveSettings.AdminAddress;
import wsp.testing.Await;

class AdminPortTest {
  private static final int PATIENCE_MILLIS = 20_000;

  /** Of an answer, where that matters; long enough for a short one on a machine that is busy. */
  private static final int LIMIT_MILLIS = 1500;

  private static final byte[] MUCH = new byte[32 << 20];

  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final CountDownLatch slowReaders = new CountDownLatch(10);
  private final List<Socket> sockets = new ArrayList<>();
  private AdminPort port;

  @BeforeEach
  void start() throws IOException {
    port = started(TimeUnit.SECONDS.toMillis(30));
  }

  private AdminPort started(long answerMillis) throws IOException {
    AdminPort p = new AdminPort(new AdminAddress("127.0.0.1", 0), answerMillis);
    p.handle("/hello", e -> Answers.text(e, 200, "hello"));
    p.handle(
        "/fails",
        e -> {
          throw new IllegalStateException("on purpose");
        });
    p.handle(
        "/much",
        e -> {
          slowReaders.countDown();
          Answers.body(e, 200, "text/plain", MUCH);
        });
    p.handle(
        "/held",
        e -> {
          try {
            held.await();
            Answers.text(e, 200, "at last");
          } catch (InterruptedException i) {
            interrupted.countDown();
          }
        });
    p.handle(
        "/events",
        e -> {
          e.getResponseHeaders().set("Content-Type", "text/event-stream");
          e.sendResponseHeaders(200, 0);
          try (OutputStream out = e.getResponseBody()) {
            out.write("data: 1\n\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            held.await();
            out.write("data: 2\n\n".getBytes(StandardCharsets.US_ASCII));
          } catch (InterruptedException i) {
            interrupted.countDown();
          }
        });
    p.start();
    return p;
  }

  @AfterEach
  void end() throws IOException {
    for (Socket s : sockets) s.close();
    port.close();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    sockets.add(socket);
    socket.setReceiveBufferSize(4096);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port.port()), PATIENCE_MILLIS);
    return socket;
  }

  private Socket send(String text) throws IOException {
    Socket socket = connect();
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  private static String rest(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  private String ask(String method, String path, String... fields) throws IOException {
    return rest(send(head(method, path, fields)));
  }

  private static String head(String method, String path, String... fields) {
    StringBuilder s = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    if (fields.length == 0) s.append("Host: localhost\r\n");
    for (String f : fields) s.append(f).append("\r\n");
    return s + "Connection: close\r\n\r\n";
  }

  private void works() throws IOException {
    String answer = ask("GET", "/hello");
    assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
    assertTrue(answer.endsWith("\r\n\r\nhello\n"), answer);
  }

  @Test
  void anAnswerIsForNobodyElsesPage() throws Exception {
    String answer = ask("GET", "/hello", "Host: localhost", "Origin: http://evil.example");
    assertTrue(answer.contains("\r\nX-content-type-options: nosniff\r\n"), answer);
    assertTrue(answer.contains("\r\nCross-origin-resource-policy: same-origin\r\n"), answer);
    assertTrue(answer.contains("\r\nX-frame-options: DENY\r\n"), answer);
    assertTrue(answer.contains("\r\nCache-control: no-store\r\n"), answer);
    assertFalse(answer.toLowerCase(java.util.Locale.ROOT).contains("access-control"), answer);
  }

  @Test
  void aHeadHasTheLengthAndNoBody() throws Exception {
    String answer = ask("HEAD", "/hello");
    assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
    assertTrue(answer.contains("\r\nContent-length: 6\r\n"), answer);
    assertTrue(answer.endsWith("\r\n\r\n"), answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/hello/", "/hello/x", "/helloo", "/Hello", "/x/../hello", "/hell", "/%00"})
  void aPathIsMatchedWhole(String path) throws Exception {
    String answer = ask("GET", path);
    assertTrue(answer.startsWith("HTTP/1.1 404 "), answer);
  }

  @Test
  void aQueryIsNoPartOfAPath() throws Exception {
    assertTrue(ask("GET", "/hello?a=b").endsWith("hello\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "get", "X"})
  void nothingCanBeChangedHere(String method) throws Exception {
    String answer = ask(method, "/hello");
    assertTrue(answer.startsWith("HTTP/1.1 405 "), answer);
    assertTrue(answer.contains("\r\nAllow: GET, HEAD\r\n"), answer);
  }

  @Test
  void anotherHostIsRefusedBeforeAnythingElse() throws Exception {
    for (String path : List.of("/hello", "/nothing", "/held")) {
      String answer = ask("GET", path, "Host: evil.example:" + port.port());
      assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
    }
    String absolute = ask("GET", "http://evil.example/hello", "Host: localhost");
    assertTrue(absolute.startsWith("HTTP/1.1 403 "), absolute);
    assertTrue(ask("GET", "http://localhost:1/hello", "Host: localhost").endsWith("hello\n"));
  }

  @Test
  void aHandlerThatFailsCostsItsConnectionOnly() throws Exception {
    assertEquals("", ask("GET", "/fails"));
    works();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\0\0\0\0\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\r\n\r\n",
        "GET\r\n\r\n",
        "GET /hello\r\n\r\n",
        "GET /hello HTTP/9.9\r\nHost: localhost\r\nHost: b\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET mailto:x HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET * HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET //evil/hello HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "POST /hello HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        "POST /hello HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n",
        "POST /hello HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
      })
  void garbageDisturbsNobody(String garbage) throws Exception {
    Socket socket = send(garbage);
    socket.shutdownOutput();
    String answer;
    try {
      answer = rest(socket);
    } catch (java.net.SocketException e) {
      answer = ""; // reset, since not all of it was read
    }
    assertFalse(answer.contains("hello\n"), answer);
    assertFalse(answer.contains("\tat "), answer);
    works();
  }

  @Test
  void aHeadOfAnySizeIsNotTaken() throws Exception {
    StringBuilder many = new StringBuilder("Host: localhost");
    for (int i = 0; i < 200; i++) many.append("\r\nX-").append(i).append(": b");
    assertFalse(tried(head("GET", "/hello", many.toString())).contains("200"));
    String large = "X-A: " + "b".repeat(200_000);
    assertFalse(tried(head("GET", "/hello", "Host: localhost", large)).contains("200"));
    works();
  }

  private String tried(String request) {
    try {
      return rest(send(request));
    } catch (IOException e) {
      return "";
    }
  }

  @Test
  void manyWhoseHeadsDoNotComeKeepNobodyWaitingAndAreClosed() throws Exception {
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < 150; i++) slow.add(send("GET /hello HTTP/1.1\r\nX-Slow: "));
    works();
    for (Socket s : slow) assertEquals("", rest(s));
    works();
  }

  @Test
  void aSlowReaderKeepsNobodyWaitingAndIsCut() throws Exception {
    port.close();
    port = started(LIMIT_MILLIS);
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < 10; i++) slow.add(send(head("GET", "/much")));
    assertTrue(slowReaders.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
    works();
    for (Socket s : slow) awaitCut(s);
    works();
  }

  /** Reads nothing until the other end has given up, which shows when something is sent to it. */
  private static void awaitCut(Socket s) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    while (System.nanoTime() - deadline < 0) {
      try {
        s.getOutputStream().write('x');
      } catch (IOException e) {
        return;
      }
      Await.pace(10_000_000);
    }
    throw new AssertionError("it is not cut");
  }

  @Test
  void aHandlerThatTakesTooLongIsInterrupted() throws Exception {
    port.close();
    port = started(LIMIT_MILLIS);
    assertEquals("", ask("GET", "/held"));
    assertTrue(interrupted.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
    works();
  }

  @Test
  void anEventStreamMayTakeItsTime() throws Exception {
    port.close();
    port = started(LIMIT_MILLIS);
    Socket events = send(head("GET", "/events"));
    assertEquals('H', events.getInputStream().read());
    // This one is interrupted at its limit, so that of the stream, which began before, is over too.
    assertEquals("", ask("GET", "/held"));
    assertTrue(interrupted.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
    held.countDown();
    String answer = rest(events);
    assertTrue(answer.contains("data: 1\n") && answer.contains("data: 2\n"), answer);
  }

  @Test
  void tooManyAtATimeAreRefused() throws Exception {
    List<Socket> busy = new ArrayList<>();
    for (int i = 0; i < Gate.REQUESTS; i++) {
      Socket s = send(head("GET", "/events"));
      assertEquals('H', s.getInputStream().read());
      busy.add(s);
    }
    String answer = ask("GET", "/hello");
    assertTrue(answer.startsWith("HTTP/1.1 503 "), answer);
    held.countDown();
    for (Socket s : busy) assertTrue(rest(s).contains("data: 2\n"));
    works();
  }

  @Test
  void aPortInUseIsNamed() {
    IOException e =
        assertThrows(
            IOException.class, () -> new AdminPort(new AdminAddress("127.0.0.1", port.port())));
    assertEquals(
        "cannot listen on 127.0.0.1:" + port.port() + " for the admin port: Address already in use",
        e.getMessage());
  }

  @Test
  void itSaysWhereItIs() {
    assertEquals("127.0.0.1:" + port.port(), port.shown());
  }
}
