package wsp.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.server.RawCaller.Answer;

/** Requests on routes with a secret, over a socket. */
class WebhookRequestsTest {
  private static final String SECRET = "a-secret-of-a-webhook";
  private static final String ROUTES =
      """
      routes:
        - {path: /hub/, destination: 'http://ci.test/', keys: false, secret: %s, scheme: github}
        - {path: /lab/, destination: 'http://ci.test/', keys: false, secret: %s, scheme: gitlab}
        - {path: /any/, destination: 'http://ci.test/', keys: false, secret: %s}
        - {path: /keyed/, destination: 'http://ci.test/', secret: %s}
      callers: [{name: red, key: RedKey}]
      blacklist: [{url: /denied}]
      """
          .replace("%s", SECRET);

  @AutoClose private final RunningServer server = new RunningServer(ROUTES, "webhookbody: 200k");

  private static String signed(byte[] body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return "X-Hub-Signature-256: sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
  }

  private static String signed(String body) throws Exception {
    return signed(body.getBytes(StandardCharsets.UTF_8));
  }

  private static String head(String method, String target, String... fields) {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: h");
    for (String field : fields) head.append("\r\n").append(field);
    return head.append("\r\n\r\n").toString();
  }

  private RawCaller post(String target, String... fields) throws IOException {
    return server.caller().send(head("POST", target, fields));
  }

  @Test
  void aSignedBodyGoesOnWithItsSignature() throws Exception {
    RawPeer peer = server.peer();
    String signature = signed("{\"a\"}");
    post("/hub/push?a=b", "Content-Length: 5", signature).send("{\"a").send("\"}");
    RawPeer.Request asked = peer.request();
    assertEquals("http://ci.test/push?a=b", asked.envelope().url());
    assertEquals(5, asked.envelope().contentLength());
    assertArrayEquals("{\"a\"}".getBytes(StandardCharsets.UTF_8), asked.body());
    String passed = asked.envelope().headers().first("X-Hub-Signature-256");
    assertEquals(signature, "X-Hub-Signature-256: " + passed);
  }

  @Test
  void aBodyInChunksAndALargeOneGoOnWhole() throws Exception {
    RawPeer peer = server.peer();
    byte[] large = new byte[200 << 10];
    new Random(5).nextBytes(large);
    RawCaller c = post("/any/x", "Transfer-Encoding: chunked", signed(large));
    int half = large.length / 2;
    for (int from = 0; from < large.length; from += half)
      c.send(Integer.toHexString(half) + "\r\n")
          .send(java.util.Arrays.copyOfRange(large, from, from + half))
          .send("\r\n");
    c.send("0\r\n\r\n");
    assertArrayEquals(large, peer.request().body());
    peer.reply(200, "taken");
    assertEquals("taken", c.answer().text());
    c.send(head("POST", "/hub/x", "Content-Length: " + large.length, signed(large))).send(large);
    assertArrayEquals(large, peer.request().body());
  }

  @ParameterizedTest
  @CsvSource({
    "/hub/x, X-Hub-Signature-256: sha256=00, ''",
    "/hub/x, X-Other: a, ''",
    "/hub/x, X-Gitlab-Token: a-secret-of-a-webhook, ''",
    "/lab/x, X-Gitlab-Token: a-secret-of-a-webhoo, ''",
    "/any/x, X-Other: a, ''",
    "/any/x, X-Hub-Signature-256: sha256=00, X-Gitlab-Token: a-secret-of-a-webhook"
  })
  void withoutAGoodSignatureTheBodyIsNotAskedForAndNothingGoesOn(
      String target, String field, String another) throws Exception {
    RawPeer peer = server.peer();
    RawCaller c =
        post(
            target,
            "Content-Length: 2",
            "Expect: 100-continue",
            field,
            another + (another.isEmpty() ? "X-A: b" : ""));
    Answer answer = c.head();
    assertEquals(403, answer.status());
    assertEquals("wsp-server; error=http_request_denied", answer.proxyError());
    peer.awaitPong();
    assertFalse(peer.hasEarly());
    server.awaitCounts(1, 1, 0);
  }

  @Test
  void anotherBodyIsA403ThatTellsNoSecretAndTheConnectionServesOn() throws Exception {
    server.echo();
    RawCaller c = post("/hub/x", "Content-Length: 4", signed("{a}")).send("{b} ");
    Answer answer = c.answer();
    assertEquals(403, answer.status());
    String told = answer.text();
    assertTrue(
        told.startsWith(
            "The signature is missing or not valid: X-Hub-Signature-256 is not the signature of"
                + " this body with the secret of the route\nFailed at caller -> wsp-server: "),
        told);
    assertFalse(told.contains(SECRET) || told.contains(signed("{b} ").substring(30)), told);
    c.send(head("POST", "/hub/x", "Content-Length: 3", signed("{a}"))).send("{a}");
    assertEquals("POST /x {a}", c.answer().text());
  }

  @Test
  void aCallerThatWaitsForA100GetsIt() throws Exception {
    server.echo();
    RawCaller c = post("/hub/x", "Content-Length: 3", "Expect: 100-continue", signed("{a}"));
    assertEquals(100, c.head().status());
    assertEquals("POST /x {a}", c.send("{a}").answer().text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "DELETE"})
  void withoutABodyTheEmptyOneIsSigned(String method) throws Exception {
    server.echo();
    RawCaller c = server.caller().send(head(method, "/hub/x", signed("")));
    assertEquals(200, c.answer(method).status());
    assertEquals(403, c.send(head(method, "/hub/x", signed("a"))).answer(method).status());
    assertEquals(403, c.send(head(method, "/hub/x")).answer(method).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 204801", "Transfer-Encoding: chunked"})
  void aBodyBeyondTheLimitIsA413(String framing) throws Exception {
    RawPeer peer = server.peer();
    RawCaller c = post("/hub/x", framing, signed("a"));
    if (framing.startsWith("T")) c.send("32001\r\n").send(new byte[204801]);
    Answer answer = c.answer();
    assertEquals(413, answer.status());
    assertEquals(
        "The body is too large for its signature to be judged: webhookbody is 204800 bytes",
        answer.firstLine());
    peer.awaitPong();
    assertFalse(peer.hasEarly());
  }

  @Test
  void whatAHeadProvesIsNotKept() throws Exception {
    RawPeer peer = server.peer();
    post("/lab/x", "Content-Length: 9999999", "X-Gitlab-Token: " + SECRET).send("first");
    assertEquals(9999999, peer.requestHead().contentLength());
    assertEquals("first", new String(peer.nextData().payload(), StandardCharsets.UTF_8));
  }

  @Test
  void keysAndRulesHoldBesideTheSecret() throws Exception {
    server.echo();
    String key = "X-PROXY-AUTHORIZATION: Bearer RedKey";
    assertEquals(407, post("/keyed/x", "Content-Length: 0", signed("")).answer().status());
    assertEquals(403, post("/keyed/x", "Content-Length: 0", key).answer().status());
    assertEquals(200, post("/keyed/x", "Content-Length: 0", key, signed("")).answer().status());
    assertEquals(526, post("/hub/denied", "Content-Length: 0", signed("")).answer().status());
  }

  @Test
  void anUpgradeIsNotAskedForAsNoSignatureCoversIt() throws Exception {
    RawPeer peer = server.peer();
    String[] upgrade = {"Connection: Upgrade", "Upgrade: websocket", signed("")};
    server.caller().send(head("GET", "/hub/x", upgrade));
    assertFalse(peer.request().envelope().headers().has("Upgrade"));
  }

  @Test
  void secretsAreReadAgain() throws Exception {
    server.echo();
    server.reload(ROUTES.replace(SECRET, "[another-long-secret, " + SECRET + "]"));
    assertEquals(200, post("/hub/x", "Content-Length: 0", signed("")).answer().status());
    server.reload(ROUTES.replace(SECRET, "another-long-secret"));
    assertEquals(403, post("/hub/x", "Content-Length: 0", signed("")).answer().status());
  }

  @Test
  void aBodyThatCreepsInIsA408() throws Exception {
    server.reload(ROUTES, "stalltimeout: 200ms");
    RawCaller slow = post("/hub/x", "Content-Length: 200000", signed("a"));
    RawCaller other = server.caller();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!slow.hasMore() && System.nanoTime() < end) {
      slow.send("x");
      assertEquals(200, other.send(head("GET", "/status")).answer().status());
    }
    assertEquals(408, slow.answer().status());
  }

  @Test
  void bodiesThatAreKeptCountAsMemoryOfCallers() throws Exception {
    server.reload(ROUTES, "callermemory: 1m", "webhookbody: 200k");
    server.echo();
    List<RawCaller> strangers = new ArrayList<>();
    for (int i = 0; i < 30; i++)
      strangers.add(post("/hub/x", "Content-Length: 150000", signed("a")).send(new byte[100_000]));
    assertEquals(503, strangers.get(0).answer().status());
    RawCaller c = post("/hub/x", "Content-Length: 3", signed("{a}")).send("{a}");
    assertEquals("POST /x {a}", c.answer().text());
  }
}
