package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.envelope.Headers;
import wsp.server.RawCaller.Answer;

/** CONNECT, and requests with an upgrade, as far as the server decides about them. */
class TunnelRequestsTest {
  private static final String TOO_OLD = "The client cannot carry it: ";

  private static String connect(String target, String... fields) {
    StringBuilder head = new StringBuilder("CONNECT " + target + " HTTP/1.1\r\nHost: other.test");
    for (String field : fields) head.append("\r\n").append(field);
    return head.append("\r\n\r\n").toString();
  }

  private static Answer ask(RunningServer server, String target, String... fields)
      throws Exception {
    return server.caller().send(connect(target, fields)).answer();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "none | 443 | 403 | there are no tunnels, as tunnelports is not set",
        "[22, 8000-8100] | 443 | 403 | tunnelports in the configuration of wsp-server does not"
            + " list",
        "[22, 8000-8100] | 22 | 501 | client",
        "[22, 8000-8100] | 8000 | 501 | client",
        "[22, 8000-8100] | 8100 | 501 | client",
        "[22, 8000-8100] | 7999 | 403 | port 7999",
        "[22, 8000-8100] | 8101 | 403 | port 8101",
        "all | 1 | 501 | client",
        "all | 65535 | 501 | client"
      })
  void aTunnelLeadsToListedPortsAlone(String ports, int port, int status, String word)
      throws Exception {
    try (RunningServer server = new RunningServer("tunnelports: " + ports)) {
      server.echo();
      Answer answer = ask(server, "api.test:" + port);
      assertEquals(status, answer.status());
      assertTrue(answer.text().contains(word), answer.text());
      // What may come behind it already is for the tunnel, and not to be read as requests.
      assertEquals("close", answer.field("Connection"));
    }
  }

  @Test
  void whatAClientOfVersionOneCannotCarryNamesItAndItServesOn() throws Exception {
    try (RunningServer server = new RunningServer("tunnelports: all")) {
      server.peer("dc1_1").serve((r, p) -> p.reply(200, "served"));
      Answer tunnel = ask(server, "api.test:443");
      assertEquals(TOO_OLD + "a tunnel by CONNECT", tunnel.firstLine());
      assertTrue(tunnel.text().contains("wsp-client dc1: "), tunnel.text());
      String upgrade = "Upgrade: websocket\r\nConnection: keep-alive, Upgrade";
      Answer answer = server.caller().request("GET", "/", upgrade).answer();
      assertEquals(501, answer.status());
      assertEquals(TOO_OLD + "an upgrade to websocket", answer.firstLine());
      assertTrue(answer.text().contains("wsp-client dc1: "), answer.text());
      // Over the same connection, which was not used.
      assertEquals("served", server.caller().get("/").text());
      server.awaitCounts(1, 1, 0);
    }
  }

  @Test
  void bytesBehindARefusedConnectAreNoRequests() throws Exception {
    try (RunningServer server = new RunningServer()) {
      server.echo();
      RawCaller c = server.caller();
      c.send(connect("api.test:443") + "GET /status HTTP/1.1\r\nHost: h\r\n\r\n");
      assertEquals(403, c.answer("CONNECT").status());
      assertTrue(c.ended());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api..test:443",
        "1.2.3:443",
        "0x7f000001:443",
        "api.test:65536",
        "api.test:99999",
        "[::zz]:443",
        "[1.2.3.4]:443",
        "[::1:443",
        "%61pi.test:443",
        "a:b:443"
      })
  void aTargetThatIsNoHostAndPortIsRefused(String target) throws Exception {
    try (RunningServer server = new RunningServer("tunnelports: all")) {
      server.echo();
      Answer answer = ask(server, target);
      assertEquals(400, answer.status());
      assertTrue(answer.firstLine().startsWith("Unable to use the request target: "));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "api.test:443, 526",
    "API.test.:443, 526",
    "[::1]:22, 526",
    "named.test:1, 526",
    "other.test:443, 501"
  })
  void rulesSeeTheMethodAndTheUrlOfTheTunnel(String target, int status) throws Exception {
    try (RunningServer server =
        new RunningServer(
            "tunnelports: all",
            "blacklist:",
            " - {method: ^CONNECT$, url: '^tcp://api\\.test:443$'}",
            " - {url: '^tcp://\\[::1\\]:22$'}",
            " - {headers: {X-PROXY-DESTINATION: '^tcp://named\\.'}}")) {
      server.echo();
      assertEquals(status, ask(server, target).status());
    }
  }

  @Test
  void aWhitelistOfHttpLetsNoTunnelThrough() throws Exception {
    try (RunningServer server =
        new RunningServer("tunnelports: all", "whitelist: [{url: '^https?://'}]")) {
      server.echo();
      assertEquals("Destination is not allowed", ask(server, "api.test:443").firstLine());
    }
  }

  @Test
  void aTunnelNeedsAKeyBeforeAnythingElseIsTold() throws Exception {
    try (RunningServer server = new RunningServer("callers: [{name: red, key: RedKey}]")) {
      server.echo();
      Answer asked = ask(server, "api.test:443");
      assertEquals(407, asked.status());
      assertEquals("Basic realm=\"wsp\"", asked.field("Proxy-Authenticate"));
      byte[] pair = "RedKey:".getBytes(StandardCharsets.UTF_8);
      String key = "Proxy-Authorization: Basic " + Base64.getEncoder().encodeToString(pair);
      assertEquals(403, ask(server, "api.test:443", key).status());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ws://api.test/x, 501, an upgrade to websocket",
    "WSS://api.test/x, 501, an upgrade to websocket",
    "tcp://api.test:443, 526, only http: and https:"
  })
  void aDestinationMayHaveTheSchemeOfWebSockets(String url, int status, String word)
      throws Exception {
    try (RunningServer server = new RunningServer("blacklist: [{url: ^ws}]")) {
      server.echo();
      Answer answer =
          server
              .caller()
              .send(
                  "GET /request HTTP/1.1\r\nHost: h\r\nUpgrade: h2c, WebSocket\r\n"
                      + "Connection: Upgrade\r\nX-PROXY-DESTINATION: "
                      + url
                      + "\r\n\r\n")
              .answer();
      assertEquals(status, answer.status());
      assertTrue(answer.firstLine().contains(word), answer.text());
    }
  }

  @Test
  void aWebSocketUrlWithoutAnUpgradeIsRefused() throws Exception {
    try (RunningServer server = new RunningServer()) {
      server.echo();
      String head = "GET /request HTTP/1.1\r\nHost: h\r\nX-PROXY-DESTINATION: ws://a.test/\r\n\r\n";
      Answer answer = server.caller().send(head).answer();
      assertEquals(526, answer.status());
      assertTrue(answer.firstLine().contains("Upgrade: websocket"), answer.text());
    }
  }

  /** A 501 is that of a client which cannot carry an upgrade; a 200 answers the request without. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "GET; 1.1; 501; Connection: Upgrade | Upgrade: websocket",
        "GET; 1.1; 501; Connection: keep-alive, Upgrade | Upgrade: websocket",
        "GET; 1.1; 501; Connection: keep-alive | Connection: upgrade | Upgrade: WebSocket",
        "GET; 1.1; 501; Connection: Upgrade | Upgrade: h2c, websocket",
        "GET; 1.1; 501; Connection: Upgrade | Upgrade: h2c | Upgrade: websocket",
        "GET; 1.1; 501; Connection: Upgrade | Upgrade: spdy/3.1",
        "GET; 1.1; 501; Connection: Upgrade | Upgrade: websocket | Content-Length: 0",
        "POST; 1.1; 501; Connection: Upgrade | Upgrade: SPDY/3.1 | Content-Length: 0",
        "POST; 1.1; 200; Connection: Upgrade | Upgrade: websocket | Content-Length: 2",
        "POST; 1.1; 200; Connection: Upgrade | Upgrade: websocket | Transfer-Encoding: chunked",
        "GET; 1.0; 200; Connection: keep-alive, Upgrade | Upgrade: websocket",
        "GET; 1.1; 200; Connection: Upgrade",
        "GET; 1.1; 200; Connection: keep-alive, Upgrade",
        "GET; 1.1; 200; Upgrade: websocket",
        "GET; 1.1; 200; Connection: keep-alive | Upgrade: websocket",
        "GET; 1.1; 200; Connection: X-Upgrade | Upgrade: websocket",
        "GET; 1.1; 200; Connection: Upgrade, HTTP2-Settings | Upgrade: h2c | HTTP2-Settings: AAMA",
        "GET; 1.1; 200; Connection: Upgrade | Upgrade: SPDY/3",
        "GET; 1.1; 200; Connection: Upgrade | Upgrade: websocket/13",
        "GET; 1.1; 200; Connection: Upgrade | Upgrade: "
      })
  void anUpgradeIsAskedForWhereItMayBeAndElseTheRequestGoesWithout(
      String method, String version, int status, String fields) throws Exception {
    try (RunningServer server = new RunningServer("upgrades: [websocket, SPDY/3.1]")) {
      server.peer().serve((r, p) -> p.reply(200, String.valueOf(hop(r.envelope().headers()))));
      String head = RawCaller.head(method, "/x", fields.split(" \\| ", -1));
      RawCaller c = server.caller().send(head.replace("HTTP/1.1", "HTTP/" + version));
      if (fields.contains("Content-Length: 2")) c.send("{}");
      if (fields.contains("chunked")) c.send("2\r\n{}\r\n0\r\n\r\n");
      Answer answer = c.answer();
      assertEquals(status, answer.status());
      if (status == 200) assertEquals("[]", answer.text());
    }
  }

  /** Fields of a hop that went on. */
  private static List<String> hop(Headers fields) {
    return Stream.of("Upgrade", "Connection", "HTTP2-Settings").filter(fields::has).toList();
  }

  @Test
  void anUpgradeThatIsNotListedIsARequestWithoutIt() throws Exception {
    try (RunningServer server = new RunningServer("upgrades: []")) {
      server.echo();
      String fields = "Upgrade: websocket\r\nConnection: Upgrade";
      Answer answer = server.caller().request("GET", "/x", fields).answer();
      assertEquals("GET /x ", answer.text());
      assertNull(answer.field("Upgrade"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Upgrade: websocket | 101",
        "Upgrade: WebSocket | 101",
        "Upgrade: h2c | 526",
        "Upgrade: websocket, h2c | 526",
        "Upgrade: websocket; Upgrade: h2c | 526",
        "X-Other: websocket | 526"
      })
  void a101SwitchesToWhatWasAskedForOrIsNoAnswer(String fields, int status) throws Exception {
    try (RunningServer server = new RunningServer()) {
      LinkPeer peer = LinkPeer.open(server);
      String asks = "Upgrade: websocket\r\nConnection: Upgrade";
      RawCaller caller = server.caller().request("GET", "/", asks);
      int id = peer.next(LinkPeer.REQUEST).id();
      peer.head(id, 101, -1, fields.split("[:;] "));
      assertEquals(status, caller.head().status());
      if (status == 101) return;
      LinkPeer.Frame reset = peer.next(LinkPeer.RESET);
      assertEquals(3, reset.payload()[0], "a limit, or the order of frames");
    }
  }
}
