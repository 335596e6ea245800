package wsp.server.listener;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wsp.envelope.Headers;

/** A caller's connection after a 101: bytes both ways, each with its own end. */
@Timeout(30)
class CallerTunnelTest {
  private static final String ASK =
      "GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
  private static final Headers ANSWER =
      Headers.of("Upgrade", "websocket", "Sec-WebSocket-Accept", "a", "Content-Length", "3");
  private static final String HEAD =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: a\r\n"
          + "Connection: Upgrade\r\n\r\n";

  @AutoClose private ScriptedRequests port;

  @BeforeEach
  void start() throws IOException {
    port = new ScriptedRequests();
  }

  private static String read(Socket from, int bytes) throws IOException {
    return new String(from.getInputStream().readNBytes(bytes), StandardCharsets.US_ASCII);
  }

  /** Sends back what comes, and the end behind it; the next hop is as slow as the caller. */
  private static final class Echo implements Caller.BodySink {
    private final Caller caller;
    private final boolean ends;
    final CompletableFuture<String> ended = new CompletableFuture<>();

    Echo(Caller caller, boolean ends) {
      this.caller = caller;
      this.ends = ends;
      caller.onGone(told -> ended.complete("gone"));
    }

    @Override
    public void onBody(ByteBuffer part, boolean last) {
      if (last) ended.complete("end");
      if (part.hasRemaining() || (last && ends)) caller.write(part, last && ends);
      if (!last && caller.congested()) {
        caller.pauseBody();
        caller.whenWritten(caller::resumeBody);
      }
    }

    String end() throws Exception {
      return ended.get(10, TimeUnit.SECONDS);
    }
  }

  private Echo upgraded(boolean ends) throws InterruptedException {
    return upgraded(port, ends);
  }

  private static Echo upgraded(ScriptedRequests port, boolean ends) throws InterruptedException {
    Caller request = port.next();
    Echo echo = new Echo(request, ends);
    request.upgrade(101, ANSWER);
    request.readBody(echo);
    return echo;
  }

  @Test
  void bytesThatCameBehindTheHeadGoFirst() throws Exception {
    Socket caller = port.sent(ASK + "early");
    Echo echo = upgraded(true);
    assertEquals(HEAD, read(caller, HEAD.length()));
    caller.getOutputStream().write(" late".getBytes(StandardCharsets.US_ASCII));
    assertEquals("early late", read(caller, 10));
    caller.shutdownOutput();
    assertEquals("end", echo.end());
    assertEquals(-1, caller.getInputStream().read(), "both ways have ended");
  }

  @Test
  void anHourInWhichNothingHappensEndsItNot() throws Exception {
    Socket caller = port.sent(ASK);
    Socket idle = port.connect();
    Echo echo = upgraded(true);
    assertEquals(HEAD, read(caller, HEAD.length()));
    long now = System.nanoTime();
    for (int s = 0; s <= 3600; s++) port.sweep(now + TimeUnit.SECONDS.toNanos(s));
    assertEquals(-1, idle.getInputStream().read(), "a connection without a request ends");
    caller.getOutputStream().write("on".getBytes(StandardCharsets.US_ASCII));
    assertEquals("on", read(caller, 2));
    caller.shutdownOutput();
    assertEquals("end", echo.end());
  }

  @Test
  void oneThatIsHalfClosedFromTheStartHasItsTime() throws Exception {
    Socket caller = port.sent(ASK);
    Caller request = port.next();
    Echo echo = new Echo(request, false);
    request.upgrade(101, ANSWER);
    request.readBody(echo);
    caller.shutdownOutput();
    assertEquals("end", echo.end());
    read(caller, HEAD.length());
    long now = System.nanoTime();
    for (int s = 0; s < 10; s++) port.sweep(now + TimeUnit.SECONDS.toNanos(s));
    request.write(ByteBuffer.wrap(new byte[] {'a'}), true);
    assertEquals("a", read(caller, 1));
    assertEquals(-1, caller.getInputStream().read());
  }

  @Test
  void aCallerThatHasEndedGetsAllTheSame() throws Exception {
    Socket caller = port.sent(ASK);
    Caller request = port.next();
    Echo echo = new Echo(request, false);
    request.upgrade(101, ANSWER);
    request.readBody(echo);
    read(caller, HEAD.length());
    caller.shutdownOutput();
    assertEquals("end", echo.end());
    request.write(ByteBuffer.wrap(new byte[] {'a'}), false);
    assertEquals("a", read(caller, 1));
    request.write(ByteBuffer.wrap(new byte[] {'b'}), true);
    assertEquals("b", read(caller, 1));
    assertEquals(-1, caller.getInputStream().read());
  }

  @Test
  void anEndForTheCallerLeavesItsOwnWayOpen() throws Exception {
    Socket caller = port.sent(ASK);
    Caller request = port.next();
    Echo echo = new Echo(request, false);
    request.upgrade(101, ANSWER);
    read(caller, HEAD.length());
    request.write(ByteBuffer.wrap(new byte[] {'x'}), true);
    assertEquals("x", read(caller, 1));
    assertEquals(-1, caller.getInputStream().read());
    CompletableFuture<String> heard = new CompletableFuture<>();
    request.readBody(
        (part, last) -> {
          if (part.hasRemaining())
            heard.complete(StandardCharsets.US_ASCII.decode(part).toString());
          else echo.onBody(part, last);
        });
    caller.getOutputStream().write('y');
    assertEquals("y", heard.get(10, TimeUnit.SECONDS));
    caller.shutdownOutput();
    assertEquals("end", echo.end());
  }

  @Test
  void aCallerThatResetsIsGone() throws Exception {
    Socket caller = port.sent(ASK + "a");
    Echo echo = upgraded(true);
    read(caller, HEAD.length() + 1);
    caller.setSoLinger(true, 0);
    caller.close();
    assertEquals("gone", echo.end());
  }

  @Test
  void anAbortResetsTheCaller() throws Exception {
    Socket caller = port.sent(ASK);
    Caller request = port.next();
    request.upgrade(101, ANSWER);
    read(caller, HEAD.length());
    request.abort();
    assertThrows(IOException.class, () -> caller.getInputStream().read());
  }

  @Test
  void oneOfWhichASingleWayIsOpenIsResetOnceNothingGoes() throws Exception {
    port.close();
    port = new ScriptedRequests(Duration.ofMillis(100));
    Socket open = port.sent(ASK);
    upgraded(false);
    read(open, HEAD.length());

    Socket ended = port.sent(ASK);
    Caller request = port.next();
    Echo half = new Echo(request, false);
    request.upgrade(101, ANSWER);
    request.readBody((part, last) -> {});
    read(ended, HEAD.length());
    ended.shutdownOutput();

    Socket told = port.sent(ASK);
    Echo other = upgraded(false);
    read(told, HEAD.length());
    other.caller.write(ByteBuffer.allocate(0), true);
    assertEquals(-1, told.getInputStream().read());

    assertEquals("gone", half.end());
    assertEquals("gone", other.end());
    assertThrows(IOException.class, () -> ended.getInputStream().read());
    open.getOutputStream().write('a');
    assertEquals("a", read(open, 1), "both ways are open");
  }

  @Test
  void bytesThatLookLikeARequestAreNone() throws Exception {
    Socket caller = port.sent(ASK);
    upgraded(true);
    read(caller, HEAD.length());
    caller.getOutputStream().write(ASK.getBytes(StandardCharsets.US_ASCII));
    assertEquals(ASK, read(caller, ASK.length()));
    assertTrue(port.requests.isEmpty());
  }

  @Test
  void fourMebibytesGoBothWaysAtOnce() throws Exception {
    byte[] bytes = new byte[4 << 20];
    new Random(7).nextBytes(bytes);
    Socket caller = port.sent(ASK);
    Echo echo = upgraded(true);
    read(caller, HEAD.length());
    CompletableFuture<Void> sending =
        CompletableFuture.runAsync(
            () -> {
              try {
                caller.getOutputStream().write(bytes);
                caller.shutdownOutput();
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    InputStream in = caller.getInputStream();
    assertArrayEquals(bytes, in.readNBytes(bytes.length));
    assertEquals(-1, in.read());
    sending.get(10, TimeUnit.SECONDS);
    assertEquals("end", echo.end());
  }
}
