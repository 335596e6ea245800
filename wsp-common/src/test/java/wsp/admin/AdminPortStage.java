package wsp.admin;

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
import wsp.observe.ObserveSettings.AdminAddress;

/** An admin port with handlers of all kinds, and callers of it. */
abstract class AdminPortStage {
  static final int PATIENCE_MILLIS = 20_000;

  /** Of an answer, where that matters; long enough for a short one on a machine that is busy. */
  static final int LIMIT_MILLIS = 1500;

  static final byte[] MUCH = new byte[32 << 20];
  final CountDownLatch held = new CountDownLatch(1);
  final CountDownLatch interrupted = new CountDownLatch(1);
  final CountDownLatch slowReaders = new CountDownLatch(10);
  final List<Socket> sockets = new ArrayList<>();
  AdminPort port;

  @BeforeEach
  void start() throws IOException {
    port = started(TimeUnit.SECONDS.toMillis(30));
  }

  AdminPort started(long answerMillis) throws IOException {
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

  Socket connect() throws IOException {
    Socket socket = new Socket();
    sockets.add(socket);
    socket.setReceiveBufferSize(4096);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port.port()), PATIENCE_MILLIS);
    return socket;
  }

  Socket send(String text) throws IOException {
    Socket socket = connect();
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  static String rest(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  String ask(String method, String path, String... fields) throws IOException {
    return rest(send(head(method, path, fields)));
  }

  static String head(String method, String path, String... fields) {
    StringBuilder s = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    if (fields.length == 0) s.append("Host: localhost\r\n");
    for (String f : fields) s.append(f).append("\r\n");
    return s + "Connection: close\r\n\r\n";
  }

  void works() throws IOException {
    String answer = ask("GET", "/hello");
    assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
    assertTrue(answer.endsWith("\r\n\r\nhello\n"), answer);
  }
}
