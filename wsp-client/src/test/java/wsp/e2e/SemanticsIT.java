package wsp.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a caller and an origin see of ordinary requests through both jars. */
class SemanticsIT {
  @TempDir static Path directory;
  @AutoClose static Tunnel tunnel;

  @BeforeAll
  static void open() throws IOException {
    tunnel = Tunnel.open(directory);
    tunnel.origin.on(
        "/echo",
        r -> {
          ByteArrayOutputStream body = new ByteArrayOutputStream();
          r.body((b, n) -> body.write(b, 0, n));
          r.send("HTTP/1.1 200 OK\r\nContent-Length: " + body.size() + "\r\n\r\n");
          r.out.write(body.toByteArray());
        });
  }

  private static byte[] random(int bytes) {
    byte[] b = new byte[bytes];
    new Random(bytes).nextBytes(b);
    return b;
  }

  /** Targets that the engine cannot send as they are, and refuses. */
  List<String> refusedTargets() {
    return List.of();
  }

  /** The Content-Length that an origin sees of a request without a body. */
  List<String> lengthOfNone() {
    return List.of();
  }

  /** What an origin sees where the caller sends none. */
  List<String> userAgent() {
    return List.of();
  }

  @Test
  void methodsAndBodiesArriveAsTheyWere() throws IOException {
    for (String method : List.of("POST", "PUT", "PATCH", "DELETE", "FOO")) {
      for (int size : List.of(0, 1, 4096, 300_001)) {
        byte[] body = random(size);
        Caller.Answer a = tunnel.call(method, "/echo/" + method + size, body);
        assertEquals(200, a.status, a::toString);
        assertArrayEquals(body, a.body);
        assertEquals(method, tunnel.origin.seen("/echo/" + method + size).get(0).method);
      }
    }
  }

  @Test
  void valuesThatAreNotUtf8KeepTheirBytesBothWays() throws IOException {
    byte[] latin1 = "caf\u00e9 \u00a3 \u0080\u00ff".getBytes(StandardCharsets.ISO_8859_1);
    tunnel.origin.on(
        "/latin1",
        r -> {
          r.out.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-B: ".getBytes());
          r.out.write(latin1);
          r.out.write("\r\n\r\n".getBytes());
        });
    try (Caller c = new Caller(tunnel.port)) {
      c.send("GET /request HTTP/1.1\r\nHost: x\r\nConnection: close\r\n");
      c.send("X-PROXY-DESTINATION: " + tunnel.origin.url("/latin1") + "\r\nX-B: ");
      c.out.write(latin1);
      c.send("\r\n\r\n");
      String answer = new String(c.in.readAllBytes(), StandardCharsets.ISO_8859_1);
      String value = new String(latin1, StandardCharsets.ISO_8859_1);
      assertTrue(
          answer.startsWith("HTTP/1.1 200 ") && answer.contains("\r\nX-B: " + value + "\r\n"),
          answer);
      assertEquals(List.of(value), tunnel.origin.seen("/latin1").get(0).header("X-B"));
    }
  }

  @Test
  void aChunkedUploadArrivesExactly() throws IOException {
    byte[] body = random(1_000_003);
    try (Caller c = new Caller(tunnel.port)) {
      c.head("POST", tunnel.origin.url("/echo/chunked"), "Transfer-Encoding: chunked");
      for (int at = 0, n = 1; at < body.length; at += n, n = n * 3 % 70_001) {
        byte[] piece = Arrays.copyOfRange(body, at, Math.min(body.length, at + n));
        c.chunk(piece, piece.length);
      }
      c.send("0\r\n\r\n");
      assertArrayEquals(body, c.answer("POST").body);
    }
  }

  @Test
  void aRequestWithoutBodyGainsNeitherLengthNorChunking() throws IOException {
    tunnel.origin.on("/bare", r -> r.reply(200, "x"));
    for (String method : List.of("GET", "HEAD", "DELETE", "OPTIONS"))
      tunnel.call(method, "/bare/" + method, null);
    for (Origin.Request r : tunnel.origin.seen("/bare/")) {
      assertEquals(lengthOfNone(), r.header("Content-Length"), r.method);
      assertEquals(List.of(), r.header("Transfer-Encoding"), r.method);
    }
    tunnel.call("POST", "/bare/empty-post", new byte[0]);
    assertEquals(
        List.of("0"), tunnel.origin.seen("/bare/empty-post").get(0).header("Content-Length"));
  }

  @Test
  void anAnswerWithoutBodyKeepsItsLengthAndTheConnectionUsable() throws IOException {
    tunnel.origin.on(
        "/304",
        r -> r.send("HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\nETag: \"a\"\r\n\r\n"));
    tunnel.origin.on("/204", r -> r.send("HTTP/1.1 204 No Content\r\n\r\n"));
    try (Caller c = new Caller(tunnel.port)) {
      for (String[] request :
          List.of(
              new String[] {"HEAD", "/ok"},
              new String[] {"GET", "/304"},
              new String[] {"GET", "/204"})) {
        c.head(request[0], tunnel.origin.url(request[1]));
        Caller.Answer a = c.answer(request[0]);
        assertTrue(a.complete);
        assertEquals(0, a.body.length);
        assertEquals(
            request[1].equals("/204") ? 0 : 1, a.header("Content-Length").size(), request[1]);
      }
      c.head("GET", tunnel.origin.url("/ok"));
      assertEquals("ok", c.answer("GET").text());
    }
  }

  @Test
  void repeatedAndEmptyFieldsSurviveInOrder() throws IOException {
    tunnel.origin.on(
        "/fields",
        r ->
            r.reply(
                200,
                "x",
                "Set-Cookie: a=1; Path=/",
                "X-Rep: one",
                "Set-Cookie: b=2",
                "X-Empty:",
                "X-Rep: two",
                "X-Utf: caf\u00c3\u00a9"));
    Caller.Answer a = tunnel.get("/fields", "X-Rep: 1", "X-Empty:", "X-Rep: 2", "X-Rep: 1");
    assertEquals(List.of("a=1; Path=/", "b=2"), a.header("Set-Cookie"));
    assertEquals(List.of("one", "two"), a.header("X-Rep"));
    assertEquals(List.of(""), a.header("X-Empty"));
    assertEquals(List.of("caf\u00c3\u00a9"), a.header("X-Utf"));
    Origin.Request r = tunnel.origin.seen("/fields").get(0);
    assertEquals(List.of("1", "2", "1"), r.header("X-Rep"));
    assertEquals(List.of(""), r.header("X-Empty"));
  }

  @Test
  void aFieldInUtf8KeepsItsBytes() throws IOException {
    tunnel.origin.on("/utf8", r -> r.reply(200, "x"));
    assertEquals(200, tunnel.get("/utf8", "X-Utf: café").status);
    Origin.Request r = tunnel.origin.seen("/utf8").get(0);
    assertEquals(List.of("caf\u00c3\u00a9"), r.header("X-Utf"));
  }

  @Test
  void whatIsOfOneHopOrSecretGoesNoFurther() throws IOException {
    tunnel.origin.on(
        "/hop",
        r ->
            r.reply(
                200, "x", "Connection: X-Back", "X-Back: 1", "Keep-Alive: timeout=5", "X-End: 1"));
    Caller.Answer a =
        tunnel.get(
            "/hop",
            "Connection: keep-alive, X-Hop",
            "X-Hop: 1",
            "TE: trailers",
            "Proxy-Authorization: Basic eA==",
            "X-SECRET-KEY: s",
            "Upgrade: h2c",
            "X-End: 1");
    assertEquals(List.of("1"), a.header("X-End"));
    for (String name : List.of("X-Back", "Keep-Alive"))
      assertEquals(List.of(), a.header(name), name);
    Origin.Request r = tunnel.origin.seen("/hop").get(0);
    assertEquals(List.of("1"), r.header("X-End"));
    for (String name :
        List.of(
            "X-Hop",
            "TE",
            "Proxy-Authorization",
            "X-Secret-Key",
            "X-Proxy-Destination",
            "Upgrade",
            "Accept-Encoding",
            "Expect")) {
      assertEquals(List.of(), r.header(name), name);
    }
    assertEquals(userAgent(), r.header("User-Agent"));
    assertEquals(List.of(tunnel.origin.url("").substring("http://".length())), r.header("Host"));
  }

  @Test
  void redirectsAreReturned() throws IOException {
    for (int status : List.of(301, 302, 303, 307, 308)) {
      tunnel.origin.on("/from" + status, r -> r.reply(status, "", "Location: /followed"));
      Caller.Answer a = tunnel.get("/from" + status);
      assertEquals(status, a.status);
      assertEquals(List.of("/followed"), a.header("Location"));
    }
    assertEquals(List.of(), tunnel.origin.seen("/followed"));
  }

  @Test
  void oddStatusesPassAnd1xxDoNot() throws IOException {
    for (int status : List.of(203, 418, 599, 600, 666, 999)) {
      tunnel.origin.on("/status" + status, r -> r.reply(status, "odd"));
      assertEquals(status + " odd", tunnel.get("/status" + status).toString());
    }
    tunnel.origin.on(
        "/early",
        r -> {
          r.send("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
          r.reply(200, "final");
        });
    assertEquals("200 final", tunnel.get("/early").toString());
  }

  @Test
  void targetsReachTheOriginByteForByte() throws IOException {
    tunnel.origin.on("/t", r -> r.reply(200, "x"));
    for (String target :
        List.of(
            "/t/a%2Fb",
            "/t//b",
            "/t/../t/b",
            "/t/%2e/b",
            "/t?",
            "/t?a=%20b&c",
            "/t/a;b=c",
            "/t/(a)'*!$,:@&=+",
            "/t?a?b/c",
            "/t/%41")) {
      boolean refused = refusedTargets().contains(target);
      assertEquals(refused ? 527 : 200, tunnel.get(target).status, target);
      assertEquals(refused, tunnel.origin.seen(target).isEmpty(), target);
    }
    tunnel.get("/t/q?a[0]=x y|z");
    assertEquals(1, tunnel.origin.seen("/t/q?a%5B0%5D=x%20y%7Cz").size());
  }

  @Test
  void exactlyOne100ComesBeforeTheAnswer() throws IOException {
    try (Caller c = new Caller(tunnel.port)) {
      c.head(
          "POST", tunnel.origin.url("/echo/expect"), "Content-Length: 5", "Expect: 100-continue");
      byte[] interim = c.in.readNBytes("HTTP/1.1 100 Continue\r\n\r\n".length());
      assertEquals("HTTP/1.1 100 Continue\r\n\r\n", new String(interim, StandardCharsets.US_ASCII));
      c.send("hello");
      byte[] statusLine = c.in.readNBytes("HTTP/1.1 200 ".length());
      assertEquals("HTTP/1.1 200 ", new String(statusLine, StandardCharsets.US_ASCII));
    }
  }

  /** What a caller that waits for its 100 gets first where the origin refuses. */
  String firstOfRefusal() {
    return "HTTP/1.1 413 ";
  }

  @Test
  void anEarlyRefusalComesWithoutA100() throws IOException {
    tunnel.origin.on("/refuses", r -> r.send("HTTP/1.1 413 X\r\nContent-Length: 0\r\n\r\n"));
    try (Caller c = new Caller(tunnel.port)) {
      String url = tunnel.origin.url("/refuses");
      c.head("POST", url, "Content-Length: 5", "Expect: 100-continue");
      byte[] first = c.in.readNBytes(firstOfRefusal().length());
      assertEquals(firstOfRefusal(), new String(first, StandardCharsets.US_ASCII));
    }
  }
}
