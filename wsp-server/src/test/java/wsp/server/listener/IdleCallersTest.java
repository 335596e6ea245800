package wsp.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wsp.envelope.Headers;
import wsp.testing.Await;

/** Callers' connections that are kept without a request. */
@Timeout(60)
class IdleCallersTest {
  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final int SELECTORS = Runtime.getRuntime().availableProcessors();

  @AutoClose private ScriptedRequests port;

  @BeforeEach
  void start() throws IOException {
    port = new ScriptedRequests();
  }

  private static void send(Socket by, String text) throws IOException {
    by.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String firstLine(Socket of) throws IOException {
    return new BufferedReader(new InputStreamReader(of.getInputStream(), StandardCharsets.US_ASCII))
        .readLine();
  }

  private static long inAMinute() {
    return System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
  }

  @Test
  void oneThatHasBeenKeptForTooLongIsClosed() throws Exception {
    Socket caller = port.connect();
    send(caller, REQUEST);
    port.next().respond(200, Headers.EMPTY, "");
    assertEquals("HTTP/1.1 200 OK", firstLine(caller));
    port.sweep(inAMinute());
    while (caller.getInputStream().read() >= 0) {}
  }

  /** A caller cannot know that its request will not be looked at in time. */
  @Test
  void aRequestThatCameBeforeItsConnectionWasClosedIsServed() throws Exception {
    Socket late = port.connect();
    CountDownLatch busy = new CountDownLatch(1);
    port.arriving = () -> await(busy);
    List<Socket> others = new ArrayList<>();
    for (int i = 0; i < 4 * SELECTORS; i++) others.add(port.connect());
    send(late, REQUEST.substring(0, 9));
    for (Socket other : others) send(other, REQUEST);
    Await.until("all threads are busy", () -> port.requests.size() == SELECTORS);
    send(late, REQUEST.substring(9));
    port.sweep(inAMinute());
    busy.countDown();
    for (int i = 0; i <= others.size(); i++) port.next().respond(200, Headers.EMPTY, "");
    assertEquals("HTTP/1.1 200 OK", firstLine(late));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
