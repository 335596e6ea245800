package wsp.server.listener;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import wsp.envelope.Headers;

/** Callers that reset a connection of which nothing is read. */
@Timeout(30)
@EnabledOnOs(OS.LINUX)
@Execution(ExecutionMode.CONCURRENT)
class UnreadCallersTest {
  private static final String UPGRADE =
      "GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
  private static final String UPLOAD =
      "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\n";

  private final CompletableFuture<Void> gone = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final CompletableFuture<Void> paused = new CompletableFuture<>();
  @AutoClose private ScriptedRequests port;

  @BeforeEach
  void start() throws IOException {
    port = new ScriptedRequests(Duration.ofMinutes(5));
  }

  private Caller asked(Socket caller, String head) throws Exception {
    send(caller, head);
    Caller request = port.next();
    request.onGone(told -> gone.complete(null));
    return request;
  }

  private static void send(Socket by, String text) throws IOException {
    by.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** The next hop takes one piece, and no more. */
  private void readOnce(Caller request) {
    request.readBody(
        new Caller.BodySink() {
          @Override
          public void onBody(ByteBuffer part, boolean last) {
            if (last) ended.complete(null);
            else request.pauseBody();
            paused.complete(null);
          }
        });
  }

  private void reset(Socket caller) throws Exception {
    caller.setSoLinger(true, 0);
    caller.close();
    gone.get(10, TimeUnit.SECONDS);
  }

  @Test
  void aResetBehindTheEndOfATunnelsWayIsSeen() throws Exception {
    Socket caller = port.connect();
    Caller request = asked(caller, UPGRADE);
    request.upgrade(101, Headers.of("Upgrade", "websocket"));
    readOnce(request);
    caller.shutdownOutput();
    ended.get(10, TimeUnit.SECONDS);
    reset(caller);
  }

  @Test
  void aResetOfATunnelThatIsPausedIsSeen() throws Exception {
    Socket caller = port.connect();
    Caller request = asked(caller, UPGRADE);
    request.upgrade(101, Headers.of("Upgrade", "websocket"));
    readOnce(request);
    send(caller, "taken");
    paused.get(10, TimeUnit.SECONDS);
    send(caller, "x".repeat(200_000));
    reset(caller);
  }

  @Test
  void aResetOfAnUploadThatIsPausedIsSeen() throws Exception {
    Socket caller = port.connect();
    Caller request = asked(caller, UPLOAD);
    readOnce(request);
    send(caller, "taken");
    paused.get(10, TimeUnit.SECONDS);
    send(caller, "x".repeat(200_000));
    reset(caller);
  }
}
