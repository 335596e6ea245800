package wsp.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.server.RawCaller.Answer;

/** Requests on routes, over a socket. */
class RouteRequestsTest {
  private static final String ROUTES =
      """
      routes:
        - {host: hooks.test, path: /github/, destination: 'http://ci.test/hooks/', keys: false}
        - {host: hooks.test, path: /keyed/, destination: 'http://ci.test/keyed/'}
        - {path: /api/, destination: 'http://api.test/v1/', keys: false, methods: [GET, POST]}
        - {path: /north/, destination: 'http://api.test/', keys: false, client: north}
      blacklist: [{url: /denied}, {headers: {X-PROXY-DESTINATION: /named}}]
      callers: [{name: red, key: RedKey}]
      """;

  @AutoClose private final RunningServer server = new RunningServer(ROUTES);

  private static String head(String method, String target, String host, String... fields) {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: " + host);
    for (String field : fields) head.append("\r\n").append(field);
    return head.append("\r\n\r\n").toString();
  }

  private Answer get(String target, String host, String... fields) throws IOException {
    return server.caller().send(head("GET", target, host, fields)).answer();
  }

  @Test
  void aRequestOnARouteNeedsNoFieldAndLosesNone() throws Exception {
    RawPeer peer = server.peer();
    RawCaller c =
        server
            .caller()
            .send(
                head(
                    "POST",
                    "/github/push?a=b%20c",
                    "Hooks.test.:80",
                    "Content-Length: 2",
                    "Cookie: a=b",
                    "X-PROXY-DESTINATION: http://other.test/",
                    "X-PROXY-CLIENT: nobody"))
            .send("{}");
    RawPeer.Request asked = peer.request();
    assertEquals("http://ci.test/hooks/push?a=b%20c", asked.envelope().url());
    assertEquals("POST", asked.envelope().method());
    assertArrayEquals(new byte[] {'{', '}'}, asked.body());
    assertEquals("a=b", asked.envelope().headers().first("Cookie"));
    for (String gone : new String[] {"X-Proxy-Destination", "X-Proxy-Client", "Host"})
      assertFalse(asked.envelope().headers().has(gone), gone);
    peer.envelope(
        302,
        0,
        "Location",
        "http://ci.test/hooks/done",
        "Refresh",
        "1; url=//ci.test/hooks/done",
        "Content-Location",
        "http://ci.test/hooks/1",
        "Set-Cookie",
        "c=d; Path=/hooks");
    peer.binary(new byte[0]);
    Answer answer = c.answer();
    assertEquals("/github/done", answer.field("Location"));
    assertEquals("1; url=/github/done", answer.field("Refresh"));
    assertEquals("/github/1", answer.field("Content-Location"));
    assertEquals("c=d; Path=/hooks", answer.field("Set-Cookie"));
  }

  @ParameterizedTest
  @CsvSource({
    "/github/x, hooks.test, 200",
    "/nothing, hooks.test, 404",
    "/request, hooks.test, 404",
    "/status, hooks.test, 404",
    "/register, hooks.test, 404",
    "/api/x, hooks.test, 404",
    "/github/x, other.test, 404",
    "/api/x, other.test, 200",
    "/api, other.test, 404",
    "/status, other.test, 200",
    "/request, other.test, 407",
    "/keyed/x, hooks.test, 407",
    "/api/denied, other.test, 526",
    "/api/x/%64enied, other.test, 526",
    "/api/named, other.test, 526",
    "/api/../x, other.test, 400",
    "/api/%2e%2e/x, other.test, 400",
    "http://hooks.test/github/x, other.test, 200",
    "http://hooks.test:99/nothing, other.test, 404",
    "https://hooks.test/github/x, other.test, 200",
    "https://HOOKS.test.:443/request, hooks.test, 404",
    "https://hooks.test/status, other.test, 404",
    "https://hooks.test/register, other.test, 404",
    "http://u@hooks.test/request, hooks.test, 400",
    "http://u@hooks.test/status, hooks.test, 400",
    "http://hooks%2etest/request, hooks.test, 400",
    "http://hooks.test:99999/request, hooks.test, 400",
    "http://hooks.test../request, hooks.test, 400",
    "ws://hooks.test/request, hooks.test, 400",
    "http:///request, hooks.test, 400",
    "http://other.test/request, hooks.test, 400",
    "http://other.test/status, hooks.test, 400",
    "http://other.test/api/x, hooks.test, 400",
    "http://other.test/api/x, third.test, 407"
  })
  void aRouteWithAHostOwnsItAndOthersLeaveThePathsOfTheServerAlone(
      String target, String host, int status) throws Exception {
    server.echo();
    assertEquals(status, get(target, host).status());
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECT, ci.test:443, hooks.test, 404",
    "CONNECT, ci.test:443, Hooks.test.:80, 404",
    "CONNECT, hooks.test:443, hooks.test:443, 404",
    "CONNECT, ci.test:443, ci.test:443, 407",
    "OPTIONS, *, hooks.test, 404",
    "OPTIONS, *, other.test, 200"
  })
  void aHostOfRoutesHasNothingElseInWhicheverForm(
      String method, String target, String host, int status) throws Exception {
    assertEquals(status, server.caller().send(head(method, target, host)).answer().status());
  }

  @Test
  void aKeyIsAskedForUnlessTheRouteIsOpen() throws Exception {
    server.echo();
    String key = "X-PROXY-AUTHORIZATION: Bearer RedKey";
    assertEquals("GET /keyed/x ", get("/keyed/x", "hooks.test", key).text());
  }

  @Test
  void aMethodThatTheRouteLacksIsTold() throws Exception {
    server.echo();
    Answer put = server.caller().send(head("PUT", "/api/x", "h", "Content-Length: 0")).answer();
    assertEquals(405, put.status());
    assertEquals("GET, POST", put.field("Allow"));
  }

  @Test
  void theRouteChoosesTheClient() throws Exception {
    server.echo();
    Answer none = get("/north/x", "h");
    assertEquals("No proxy available: no client has the id or label north", none.firstLine());
    server.peer("north_1").serve((r, p) -> p.reply(200, "north " + r.envelope().url()));
    assertEquals("north http://api.test/x", get("/north/x", "h").text());
  }

  @Test
  void routesAreReadAgain() throws Exception {
    server.echo();
    assertEquals(404, get("/new/x", "h").status());
    server.reload("routes: [{path: /new/, destination: 'http://api.test/new/'}]");
    assertEquals("GET /new/x ", get("/new/x", "h").text());
    assertEquals(404, get("/api/x", "h").status());
    assertEquals("ok", get("/status", "hooks.test").text());
  }

  @Test
  void aClientRegistersByAnyHostThatNoRouteHas() throws Exception {
    RawPeer refused = server.kept(new RawPeer(server.port(), 0));
    refused.raw(RawPeer.handshake().replace("Host: h", "Host: hooks.test"));
    assertTrue(refused.head().startsWith("HTTP/1.1 404 "));
    assertEquals("GET /v1/x ", withPeer());
  }

  private String withPeer() throws Exception {
    server.echo();
    Answer answer = get("/api/x", "h");
    assertNull(answer.field("Location"));
    return answer.text();
  }

  @Test
  void withoutAForwardProxyAUrlMayTakeARoute() throws Exception {
    server.reload("forwardproxy: false", ROUTES);
    server.echo();
    assertEquals("GET /v1/x ", get("http://other.test/api/x", "h").text());
    assertEquals(403, get("http://other.test/x", "h").status());
  }
}
