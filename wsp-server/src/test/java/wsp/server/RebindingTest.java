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
  private static final String PYTHON = "Accept: */*|Accept-Encoding: gzip, deflate";
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
  @ValueSource(strings = {CURL, GO, PYTHON, "X: y", "Accept-Encoding: identity"})
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
