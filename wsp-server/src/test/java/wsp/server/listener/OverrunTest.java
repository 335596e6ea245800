package wsp.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import wsp.envelope.Headers;

/** Callers that send more behind a request than is kept until it is answered. */
@Timeout(30)
@Execution(ExecutionMode.CONCURRENT)
class OverrunTest {
  private static final String PLAIN = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final String UPGRADE =
      "GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
  private static final String CONNECT = "CONNECT o:1 HTTP/1.1\r\nHost: h\r\n\r\n";

  /** More than a backlog and the socket's buffers have room for. */
  private static final int BEYOND_BUFFERS = 16 << 20;

  @AutoClose private ScriptedRequests port;

  @BeforeEach
  void start() throws IOException {
    port = new ScriptedRequests();
  }

  private Socket sent(String head, int bytesBehind) throws Exception {
    Socket caller = port.connect();
    sending(caller, head + PLAIN.repeat(bytesBehind / PLAIN.length() + 1))
        .get(15, TimeUnit.SECONDS);
    return caller;
  }

  private static CompletableFuture<Void> sending(Socket by, String text) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            by.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
  }

  @Test
  void whoeverLeavesIsNoticed() throws Exception {
    List<CompletableFuture<Void>> gone = new ArrayList<>();
    for (String head : List.of(PLAIN, UPGRADE, CONNECT))
      for (boolean reset : new boolean[] {false, true}) {
        Socket caller = sent(head, 40_000);
        CompletableFuture<Void> left = new CompletableFuture<>();
        port.next().onGone(told -> left.complete(null));
        gone.add(left);
        caller.setSoLinger(reset, 0);
        caller.close();
      }
    for (CompletableFuture<Void> left : gone) left.get(10, TimeUnit.SECONDS);
  }

  @Test
  void theAnswerIsTheLastAndNothingBehindItIsExecuted() throws Exception {
    Socket caller = sent(PLAIN, BEYOND_BUFFERS);
    port.next().respond(200, Headers.EMPTY, "whole");
    String answer = rest(caller);
    assertTrue(answer.contains("\r\nConnection: close\r\n"), answer);
    assertTrue(answer.endsWith("\r\n\r\nwhole"), answer);
    assertTrue(port.requests.isEmpty());
  }

  @Test
  void anAnswerThatHasBegunGoesOnToItsEnd() throws Exception {
    Socket caller = sent(PLAIN, 0);
    Caller request = port.next();
    request.respond(200, Headers.EMPTY, 8);
    request.write(ByteBuffer.wrap(new byte[] {'b', 'e', 'g', 'u', 'n'}), false);
    sending(caller, PLAIN.repeat(BEYOND_BUFFERS / PLAIN.length())).get(15, TimeUnit.SECONDS);
    request.write(ByteBuffer.wrap(new byte[] {'e', 'n', 'd'}), true);
    String answer = rest(caller);
    assertFalse(answer.contains("Connection: close"), answer);
    assertTrue(answer.endsWith("\r\n\r\nbegunend"), answer);
    assertTrue(port.requests.isEmpty());
  }

  @Test
  void anUpgradeIsRefusedSinceItsFirstBytesAreLost() throws Exception {
    Socket caller = sent(UPGRADE, 40_000);
    CompletableFuture<Void> left = new CompletableFuture<>();
    Caller request = port.next();
    request.onGone(told -> left.complete(null));
    String answer = rest(caller);
    assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
    assertTrue(answer.contains("too much has come before"), answer);
    left.get(10, TimeUnit.SECONDS);
    request.upgrade(101, Headers.of("Upgrade", "websocket"));
    assertEquals(-1, caller.getInputStream().read());
  }

  @Test
  void requestsThatAreAnsweredAreAllServedHoweverManyWait() throws Exception {
    int requests = 4_000;
    Socket caller = port.connect();
    CompletableFuture<Void> sending = sending(caller, PLAIN.repeat(requests));
    CompletableFuture<Void> answering =
        CompletableFuture.runAsync(
            () -> {
              try {
                for (int i = 0; i < requests; i++) port.next().respond(204, Headers.EMPTY, 0);
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    String end = "\r\n\r\n";
    int answered = 0;
    InputStream in = new BufferedInputStream(caller.getInputStream());
    for (int at = 0; answered < requests; ) {
      int b = in.read();
      assertTrue(b >= 0, "it ends after " + answered);
      at = b == end.charAt(at) ? at + 1 : 0;
      if (at == end.length()) {
        answered++;
        at = 0;
      }
    }
    sending.get(10, TimeUnit.SECONDS);
    answering.get(10, TimeUnit.SECONDS);
  }

  private static String rest(Socket from) throws IOException {
    StringBuilder all = new StringBuilder();
    try {
      InputStream in = from.getInputStream();
      for (int b = in.read(); b >= 0; b = in.read()) all.append((char) b);
    } catch (SocketException e) {
      all.append(" (reset)");
    }
    return all.toString();
  }
}
