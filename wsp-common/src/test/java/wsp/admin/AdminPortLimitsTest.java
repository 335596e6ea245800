package wsp.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.testing.Await;

/** What an admin port puts up with, and no longer. */
class AdminPortLimitsTest extends AdminPortStage {
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
}
