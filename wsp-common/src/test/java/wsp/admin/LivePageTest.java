package wsp.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wsp.observe.ObserveSettings.AdminAddress;
import wsp.testing.Await;

/** The page and its streams over real sockets. */
@Timeout(60)
class LivePageTest {
  private static final Duration TICK = Duration.ofMillis(20);

  private final Ended daemon = new Ended();
  private final List<Socket> sockets = new ArrayList<>();
  private final EventStreams streams = new EventStreams(daemon::feed, TICK, Duration.ofMillis(300));
  private AdminPort port;

  @BeforeEach
  void start() throws IOException {
    port = new AdminPort(new AdminAddress("127.0.0.1", 0));
    port.handle("/", new PageHandler());
    port.handle("/events", streams);
    port.start();
  }

  @AfterEach
  void end() throws IOException {
    for (Socket s : sockets) s.close();
    streams.close();
    port.close();
  }

  /** A stream whose head has come. */
  private BufferedReader stream() throws IOException {
    Socket socket = request(0);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    assertEquals("HTTP/1.1 200 OK", in.readLine());
    for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
      if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-type:"))
        assertTrue(line.endsWith("text/event-stream"), line);
    }
    return in;
  }

  private Socket request(int receiveBuffer) throws IOException {
    Socket socket = new Socket();
    sockets.add(socket);
    if (receiveBuffer > 0) socket.setReceiveBufferSize(receiveBuffer);
    socket.setSoTimeout(30_000);
    socket.connect(new InetSocketAddress("127.0.0.1", port.port()));
    socket
        .getOutputStream()
        .write("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  /** Reads until a line has this text. */
  private static String until(BufferedReader in, String text) throws IOException {
    for (String line = in.readLine(); line != null; line = in.readLine())
      if (line.contains(text)) return line;
    throw new AssertionError("the stream ended without " + text);
  }

  private void awaitStreams(int n) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (streams.count() != n) {
      assertTrue(System.nanoTime() - deadline < 0, "streams: " + streams.count());
      Await.pace(2_000_000);
    }
  }

  private HttpResponse<String> get(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.port() + path)).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aStreamDeliversWhatHappensWhileItIsOpen() throws Exception {
    daemon.completed("http://a/before");
    BufferedReader in = stream();
    until(in, "http://a/before");
    daemon.completed("http://a/after");
    assertFalse(until(in, "http://a/after").contains("http://a/before"));
  }

  @Test
  void thereIsNoSeventeenthStreamUntilOneHasEnded() throws Exception {
    List<BufferedReader> all = new ArrayList<>();
    for (int i = 0; i < EventStreams.STREAMS; i++) all.add(stream());
    HttpResponse<String> refused = get("/events");
    assertEquals(503, refused.statusCode());
    assertEquals("the live page is open 16 times already\n", refused.body());
    assertEquals("5", refused.headers().firstValue("Retry-After").orElse(""));
    sockets.get(0).close();
    awaitStreams(EventStreams.STREAMS - 1);
    until(stream(), "data:");
  }

  @Test
  void aReaderThatDoesNotReadIsCutAndTheOthersAreNot() throws Exception {
    BufferedReader good = stream();
    Socket stuck = request(2_048);
    awaitStreams(2);
    String lengthy = "http://a/" + "x".repeat(480);
    int n = 0;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
    while (streams.count() == 2) {
      assertTrue(System.nanoTime() - deadline < 0, "it is not cut");
      for (int i = 0; i < 100; i++) daemon.completed(lengthy);
      daemon.completed("http://a/round/" + n);
      until(good, "http://a/round/" + n++);
    }
    // What was on its way is there to be read, and then the end: no last chunk.
    byte[] all = drain(stuck);
    String text = new String(all, StandardCharsets.UTF_8);
    assertTrue(text.startsWith("HTTP/1.1 200"), text);
    assertFalse(text.endsWith("\r\n0\r\n\r\n"));
    daemon.completed("http://a/still");
    until(good, "http://a/still");
  }

  private static byte[] drain(Socket socket) throws IOException {
    java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    byte[] part = new byte[65_536];
    try {
      for (int n = in.read(part); n >= 0; n = in.read(part)) all.write(part, 0, n);
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("it is not closed", e);
    } catch (IOException e) {
      // A reset is an end, too.
    }
    return all.toByteArray();
  }

  @Test
  void theEndOfTheDaemonEndsTheStreams() throws Exception {
    BufferedReader in = stream();
    until(in, "data:");
    streams.close();
    port.close();
    String last = "";
    try {
      while (last != null) last = in.readLine();
    } catch (java.net.SocketException e) {
      last = null;
    }
    assertNull(last);
    awaitStreams(0);
  }

  @Test
  void thePageIsOneFileAndItsPolicyAllowsItsOwnScriptAndStyleOnly() throws Exception {
    HttpResponse<String> page = get("/");
    assertEquals(200, page.statusCode());
    assertEquals("text/html; charset=utf-8", page.headers().firstValue("Content-Type").orElse(""));
    String policy = page.headers().firstValue("Content-Security-Policy").orElse("");
    assertTrue(
        policy.startsWith("default-src 'none'; connect-src 'self'; img-src data:; "), policy);
    assertTrue(policy.contains("script-src " + hash(page.body(), "script") + ";"), policy);
    assertTrue(policy.contains("style-src " + hash(page.body(), "style") + ";"), policy);
    assertFalse(policy.contains("unsafe"), policy);
    assertFalse(page.body().matches("(?s).*(innerHTML|outerHTML|insertAdjacentHTML|eval\\().*"));
    assertFalse(
        page.body().matches("(?s).*<(script|link|img|iframe)[^>]* (src|href)=.(?!data:).*"));
    assertEquals(404, get("/other").statusCode());
  }

  private static String hash(String page, String element) throws Exception {
    String content = page.split("</?" + element + ">")[1];
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
    return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
  }

  @Test
  void observerAndPageAreOne() throws Exception {
    AdminPort own = new AdminPort(new AdminAddress("127.0.0.1", 0));
    try (own;
        LivePage page = new LivePage(e -> false)) {
      page.serve(own, daemon.source());
      own.start();
      wsp.observe.ExchangeRecord e = new wsp.observe.ExchangeRecord("i", "", "GET", "");
      page.observer().begun(e);
      page.observer().ended(e);
      HttpRequest events =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + own.port() + "/events")).build();
      HttpResponse<InputStream> got =
          HttpClient.newHttpClient().send(events, HttpResponse.BodyHandlers.ofInputStream());
      BufferedReader in =
          new BufferedReader(new InputStreamReader(got.body(), StandardCharsets.UTF_8));
      assertTrue(until(in, "data:").contains("\"total\":1"));
    }
  }
}
