package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.server.RawCaller.Answer;

/**
 * A web page whose name has been made to resolve to 127.0.0.1 reads what a server answers there;
 * programs that ask by names of their own go on as before.
 */
class RebindingTest {
  private static final String BROWSER =
      "Accept: */*|Accept-Encoding: gzip, deflate|Accept-Language: en";
  private static final String CURL = "User-Agent: curl/8.0|Accept: */*";
  private static final String PYTHON =
      "User-Agent: python-requests/2.31|Accept: */*|Accept-Encoding: gzip, deflate";
  private static final String GO = "User-Agent: Go-http-client/1.1|Accept-Encoding: gzip";
  private static final String ROUTES =
      "routes: [{path: /open, destination: 'http://a.test', keys: false},"
          + " {path: /keys, destination: 'http://a.test'},"
          + " {host: wiki.example.com, path: /, destination: 'http://a.test', keys: false}]";
  private static final String KEYS = "callers: [{name: one, key: TheKey}]";

  private static Answer ask(RunningServer server, String target, String host, String fields)
      throws Exception {
    try (RawCaller caller = server.caller()) {
      return caller
          .send("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n")
          .send(fields.replace("|", "\r\n") + "\r\n\r\n")
          .answer();
    }
  }

  private static int request(RunningServer server, String host, String fields) throws Exception {
    String all = "X-PROXY-DESTINATION: http://a.test/|" + fields;
    return ask(server, "/request", host, all).status();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        BROWSER,
        "Accept: */*|Accept-Encoding: gzip|User-Agent: Mozilla/5.0 (X11) HeadlessChrome/156.0",
        "Accept: */*|Accept-Encoding: gzip|User-Agent: Acme-Preview/1.0",
        "Accept: */*|Accept-Encoding: gzip",
        "Origin: http://evil.example",
        "Origin: null",
        "Referer: http://evil.example/",
        "Sec-Fetch-Site: same-origin"
      })
  void aPageIsRefusedByAnotherName(String fields) throws Exception {
    try (RunningServer server = new RunningServer()) {
      server.echo();
      assertEquals(403, request(server, "evil.example:8080", fields));
      assertEquals(200, request(server, "localhost:8080", fields));
      assertEquals(200, request(server, "127.0.0.1", fields));
      assertEquals(200, request(server, "wsp.internal", fields));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        CURL,
        GO,
        PYTHON,
        "User-Agent: Mozilla/5.0|Accept: */*",
        "X: y",
        "Accept-Encoding: identity"
      })
  void aProgramMayUseAnyName(String fields) throws Exception {
    try (RunningServer server = new RunningServer()) {
      server.echo();
      assertEquals(200, request(server, "wsp.example.com", fields));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {KEYS, "trustedproxies: [127.0.0.1]"})
  void whatLetsCallersInOtherwiseDecides(String more) throws Exception {
    try (RunningServer server = new RunningServer(more)) {
      server.echo();
      String key = "X-PROXY-AUTHORIZATION: Bearer TheKey|" + BROWSER;
      assertEquals(200, request(server, "wsp.example.com", key));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', /open/x, evil.example, 403",
    "'', /keys/x, evil.example, 403",
    "'', /keys/x, localhost, 200",
    "'', /x, wiki.example.com, 200",
    "'', /status, evil.example, 200",
    "KEYS, /open/x, evil.example, 403",
    "KEYS, /keys/x, evil.example, 407",
    "KEYS, /x, wiki.example.com, 200",
  })
  void aRouteWithoutAHostIsClosedToAPage(String keys, String path, String host, int status)
      throws Exception {
    try (RunningServer server = new RunningServer(ROUTES, keys.isEmpty() ? "" : KEYS)) {
      server.echo();
      assertEquals(status, ask(server, path, host, BROWSER).status());
    }
  }

  /** Browsers let any page open a WebSocket anywhere, and read it: there is no CORS for them. */
  @ParameterizedTest
  @CsvSource({
    "/open/x, localhost:8080, http://evil.example, 403",
    "/open/x, 127.0.0.1:8080, http://203.0.113.5, 403",
    "/open/x, 127.0.0.1:8080, http://intranet, 403",
    "/open/x, 127.0.0.1:8080, null, 403",
    "/open/x, 127.0.0.1:8080, http://localhost.evil.example, 403",
    "/open/x, 127.0.0.1:8080, http://127.0.0.1.evil.example, 403",
    "/open/x, 127.0.0.1:8080, http://localhost:3000|Origin: http://evil.example, 403",
    "/keys/x, localhost, https://evil.example:8080, 403",
    "/open/x, 127.0.0.1:8080, http://localhost:3000, 501",
    "/open/x, localhost:8080, http://127.0.0.1:3000, 501",
    "/open/x, localhost:8080, http://[::1]:3000, 501",
    "/open/x, localhost:8080, http://app.localhost, 501",
    "/open/x, wsp.internal:8080, https://WSP.internal, 501",
    "/x, wiki.example.com, http://app.example.com, 403",
    "/x, wiki.example.com, https://wiki.example.com, 501",
  })
  void aPageOfAnotherSiteOpensNoWebSocket(String path, String host, String page, int status)
      throws Exception {
    String socket = "Connection: Upgrade|Upgrade: websocket|Origin: ";
    for (boolean trusted : new boolean[] {false, true}) {
      String proxies = trusted ? "trustedproxies: [127.0.0.1]" : "";
      try (RunningServer server = new RunningServer(ROUTES, proxies)) {
        // Of version 1, which carries no upgrade.
        server.echo();
        int expected = trusted ? 501 : status;
        assertEquals(expected, ask(server, path, host, socket + page).status(), proxies);
        String plain = "X-Other: y|Origin: " + page;
        assertEquals(200, ask(server, path, host, plain).status());
      }
    }
  }

  @Test
  void aPageThatABrowserHasByThisProxyIsRefusedToo() throws Exception {
    try (RunningServer server = new RunningServer()) {
      server.echo();
      String fields = "X-PROXY-DESTINATION: http://a.test/|" + BROWSER;
      Answer page = ask(server, "http://evil.example/request", "evil.example", fields);
      assertEquals(403, page.status());
      assertTrue(page.text().contains("trustedproxies"), page.text());
      Answer forward = ask(server, "http://evil.example/x", "evil.example", BROWSER);
      assertEquals(200, forward.status());
    }
  }

  /** Another host counts from the restart on: until then the port is on loopback as it was. */
  @Test
  void anotherHostInTheFileOpensNothing() throws Exception {
    try (RunningServer server = new RunningServer()) {
      server.echo();
      server.reload("host: 0.0.0.0");
      assertEquals(403, request(server, "evil.example:8080", BROWSER));
      server.reload("host: 127.0.0.1");
      assertEquals(403, request(server, "evil.example:8080", BROWSER));
    }
  }
}
