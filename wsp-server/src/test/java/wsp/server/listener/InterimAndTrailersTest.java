package wsp.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.envelope.Headers;

@Timeout(30)
class InterimAndTrailersTest {
  private static final String HINT = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";

  @AutoClose private ScriptedRequests port;

  @BeforeEach
  void start() throws IOException {
    port = new ScriptedRequests();
  }

  /** Up to this text, with it. */
  private static String until(Socket caller, String end) throws IOException {
    StringBuilder text = new StringBuilder();
    InputStream in = caller.getInputStream();
    while (text.indexOf(end) < 0) {
      int b = in.read();
      if (b < 0) throw new AssertionError("ended after " + text);
      text.append((char) b);
    }
    return text.toString();
  }

  @Test
  void anInterimHeadReachesTheCallerBeforeThereIsAnAnswer() throws Exception {
    Socket caller = port.sent("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    Caller request = port.next();
    Headers fields = Headers.of("Link", "</a>", "Connection", "x", "Content-Length", "3");
    request.interim(103, fields);
    assertEquals(HINT, until(caller, "\r\n\r\n"));
    request.interim(103, Headers.of("Link", "</a>"));
    request.respond(200, Headers.EMPTY, "ok");
    assertEquals(HINT, until(caller, "\r\n\r\n"));
    assertTrue(until(caller, "ok").startsWith("HTTP/1.1 200 "));
    request.interim(103, fields);
    caller.getOutputStream().write("GET /2 HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    Caller old = port.next();
    old.interim(103, fields);
    old.respond(204, Headers.EMPTY, -1);
    assertTrue(until(caller, "\r\n\r\n").startsWith("HTTP/1.1 204 "), "none after, none to 1.0");
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1, -1, '2\r\nab\r\n0\r\nX-Sum: 1\r\n\r\n'",
    "HTTP/1.1, 2, ab",
    "HTTP/1.0, -1, ab",
  })
  void trailersEndABodyInChunksAndNoOther(String version, long length, String end)
      throws Exception {
    Socket caller = port.sent("GET / " + version + "\r\nHost: h\r\n\r\n");
    Caller request = port.next();
    request.respond(200, Headers.of("Trailer", "X-Sum"), length);
    request.write(ByteBuffer.wrap(new byte[] {'a', 'b'}), false);
    if (length < 0) request.end(Headers.of("X-Sum", "1", "X-SECRET-KEY", "k", "Host", "x"));
    String body = end.translateEscapes();
    String head = until(caller, "\r\n\r\n");
    assertEquals(body, until(caller, body));
    assertEquals(end.contains("X-Sum"), head.contains("\r\nTrailer: X-Sum\r\n"), head);
    if (version.equals("HTTP/1.1")) {
      caller
          .getOutputStream()
          .write("GET /2 HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertEquals("/2", port.next().head().path(), "the connection goes on");
    }
  }

  @Test
  void trailersAloneAreAnAnswerToo() throws Exception {
    Socket caller = port.sent("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    Caller request = port.next();
    request.respond(200, Headers.EMPTY, -1);
    request.end(Headers.of("X-Sum", "1"));
    assertTrue(until(caller, "X-Sum: 1\r\n\r\n").endsWith("\r\n\r\n0\r\nX-Sum: 1\r\n\r\n"));
  }

  /** What a body sink hears, as text. */
  private static BlockingQueue<String> heard(Caller request) {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    request.readBody(
        new Caller.BodySink() {
          @Override
          public void onBody(ByteBuffer part, boolean last) {
            if (part.hasRemaining()) heard.add(StandardCharsets.US_ASCII.decode(part).toString());
            if (last) heard.add("end");
          }

          @Override
          public void onBodyTrailers(Headers fields) {
            fields.forEach((name, value) -> heard.add(name + "=" + value));
          }
        });
    return heard;
  }

  private static String next(BlockingQueue<String> heard) throws InterruptedException {
    return heard.poll(10, TimeUnit.SECONDS);
  }

  @Test
  void trailersOfARequestComeBeforeTheLastPiece() throws Exception {
    String head =
        "POST / HTTP/1.1\r\nHost: h\r\nConnection: X-Hop\r\nTransfer-Encoding: chunked\r\n";
    Socket caller =
        port.sent(
            head
                + "\r\n3\r\nabc\r\n0\r\nX-Check: yes\r\nX-Hop: 1\r\nX-SECRET-KEY: k\r\n"
                + "Content-Length: 5\r\nX-PROXY-DESTINATION: u\r\n");
    BlockingQueue<String> heard = heard(port.next());
    assertEquals("abc", next(heard));
    caller.getOutputStream().write("\r\n".getBytes(StandardCharsets.US_ASCII));
    assertEquals("X-Check=yes", next(heard));
    assertEquals("end", next(heard));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"A b: c\r\n", "A: \0\r\n", "no colon\r\n", " folded: x\r\n", "LONG", "MANY"})
  void trailersThatNoHeadMayHaveAreRefused(String lines) throws Exception {
    String text =
        switch (lines) {
          case "LONG" -> "A: " + "b".repeat(5000) + "\r\n";
          case "MANY" -> "A: b\r\n".repeat(101);
          default -> lines;
        };
    Socket caller =
        port.sent(
            "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
                + text
                + "\r\n");
    heard(port.next());
    assertTrue(until(caller, "\r\n\r\n").startsWith("HTTP/1.1 4"));
  }
}
