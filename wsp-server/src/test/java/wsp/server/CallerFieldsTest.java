package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.server.RawCaller.Answer;

/** Which fields of a caller and of an origin go on, and which are for the server. */
class CallerFieldsTest {
  @AutoClose private final RunningServer server = new RunningServer("timeout: 8000");

  @Test
  void whatIsOfThisTunnelReachesNobodyElseHoweverItIsSpelled() throws Exception {
    List<RawPeer.Request> seen = new CopyOnWriteArrayList<>();
    server
        .peer()
        .serve(
            (r, p) -> {
              seen.add(r);
              p.envelope(200, 0, "Alt-Svc", "h3=\":443\"", "alt_svc", "x", "A", "b");
              p.binary(new byte[0]);
            });
    String[] fields = {
      "X_SECRET_KEY: a", "X_PROXY_AUTHORIZATION: b", "X_PROXY_DESTINATION: c",
          "Proxy_Authorization: d",
      "Transfer_Encoding: chunked", "Content_Length: 5", "Proxy: http://evil.test",
          "X-Proxy.Client: e",
      "Proxy-Connection: f", "X_Request_Id: g", "X-Kept_One: h"
    };
    Answer answer = server.caller().request("GET", "/", fields).answer();
    assertEquals(200, answer.status());
    assertNull(answer.field("Alt-Svc"));
    assertNull(answer.field("alt_svc"));
    assertEquals("b", answer.field("A"));
    List<String> names = new ArrayList<>();
    seen.get(0).envelope().headers().forEach((n, v) -> names.add(n));
    assertEquals(List.of("X-Kept_one", "X-Request-Id"), names);
  }

  @Test
  void aRequestGoesAsFarAsMaxForwardsAllows() throws Exception {
    List<RawPeer.Request> seen = new CopyOnWriteArrayList<>();
    server
        .peer()
        .serve(
            (r, p) -> {
              seen.add(r);
              p.envelope(200, 0).binary(new byte[0]);
            });
    RawCaller c = server.caller();
    for (String method : List.of("TRACE", "OPTIONS")) {
      assertEquals(200, c.request(method, "/", "Max-Forwards: 7").answer().status());
      assertEquals(200, c.request(method, "/", "max-forwards: 1").answer().status());
      assertEquals(200, c.request(method, "/").answer().status());
      String[] named = {"Connection: max-forwards", "Max-Forwards: 2"};
      assertEquals(200, c.request(method, "/", named).answer().status());
    }
    assertEquals(200, c.request("GET", "/", "Max-Forwards: 0").answer().status());
    List<String> left = new ArrayList<>();
    for (RawPeer.Request r : seen) left.add(r.envelope().headers().first("Max-Forwards"));
    assertEquals(Arrays.asList("6", "0", null, "1", "6", "0", null, "1", "0"), left);

    Answer options = c.request("OPTIONS", "/", "Max-Forwards: 0").answer();
    assertEquals(200, options.status());
    assertTrue(options.field("Allow").contains("GET"));
    assertEquals("", options.text());
    Answer trace =
        c.request(
                "TRACE",
                "/",
                "Max-Forwards: 0",
                "Cookie: a",
                "Authorization: b",
                "X_SECRET_KEY: c",
                "A: \u00e9")
            .answer();
    assertEquals("message/http", trace.field("Content-Type"));
    assertEquals(
        "TRACE /request HTTP/1.1\r\nHost: h\r\nMax-Forwards: 0\r\nA: \u00e9\r\n\r\n", trace.text());
    assertEquals(9, seen.size(), "nothing of that went on");
  }

  @Test
  void fieldsCrossBothWaysUnchangedButForThoseOfTheHop() throws Exception {
    RawPeer peer = server.peer();
    RawCaller c = server.caller();
    c.request(
        "GET",
        "/",
        "X-A: 1",
        "x-a:",
        "X-A: \u00e9\u4e16",
        "Connection: X-Hop, keep-alive",
        "X-Hop: 1",
        "TE: trailers",
        "Keep-Alive: 5",
        "Proxy-Authorization: Basic secret",
        "X-SECRET-KEY: secret",
        "Upgrade: h2c",
        "Cookie: c");
    RequestEnvelope e = peer.request().envelope();
    Headers h = e.headers();
    assertEquals(List.of("1", "", "\u00e9\u4e16"), h.all("X-A"));
    assertEquals("c", h.first("Cookie"));
    assertTrue(h.has("X-Request-Id"));
    assertEquals(3, h.byCanonicalName().size(), h.toString());
    peer.envelope(
        200,
        1,
        "X-B",
        "1",
        "X-B",
        "",
        "X-B",
        "\u00e9",
        "Connection",
        "X-Gone",
        "X-Gone",
        "1",
        "Keep-Alive",
        "5",
        "Set-Cookie",
        "a",
        "Set-Cookie",
        "b");
    peer.binary(new byte[] {'x'});
    Answer a = c.answer();
    assertEquals(List.of("1", "", "\u00e9"), a.all("X-B"));
    assertEquals(List.of("a", "b"), a.all("Set-Cookie"));
    assertNull(a.field("X-Gone"));
    assertNull(a.field("Keep-Alive"));
    assertNull(a.field("Connection"));
  }

  @ParameterizedTest
  @CsvSource({
    "X-PROXY-DESTINATION: ftp://o.test/,Unable to parse X-PROXY-DESTINATION header",
    "X-PROXY-DESTINATION: ,Missing X-PROXY-DESTINATION header",
    "X-Other: 1,Missing X-PROXY-DESTINATION header"
  })
  void aRequestWithoutADestinationIsA526(String field, String text) throws Exception {
    RawCaller c = server.caller();
    Answer a = c.send("GET /request HTTP/1.1\r\nHost: h\r\n" + field + "\r\n\r\n").answer();
    assertEquals(526, a.status());
    assertTrue(a.text().startsWith(text), a.text());
    assertEquals("wsp-server; error=http_request_error", a.proxyError());
    assertEquals("text/plain; charset=utf-8", a.field("Content-Type"));
  }

  @Test
  void aRepeatedDestinationIsRefused() throws Exception {
    server.echo();
    Answer a =
        server.caller().request("GET", "/", "x-proxy-destination: http://origin.test/").answer();
    assertEquals(526, a.status());
  }
}
