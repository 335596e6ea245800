package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.config.ConfigException;
import wsp.envelope.Headers;
import wsp.explain.Explanation;
import wsp.explain.Inspection;
import wsp.explain.Question;
import wsp.explain.UnknownCallerException;

class ServerInspectionTest {
  private static final Path TLS = Path.of("..", "wsp-common", "src", "test", "resources", "tls");
  private static final String CALLERS =
      """
      callers :
        - name : reports
          key : hush
          blacklist :
            - url : ^http://internal\\.
      """;

  @TempDir Path directory;
  private final ServerInspection inspection =
      new ServerInspection(OptionalLong.empty(), Clock.systemUTC());

  private Path config(String yaml) throws IOException {
    return Files.writeString(directory.resolve("server.cfg"), "---\n" + yaml);
  }

  private Explanation explain(String yaml, String url, String caller, String... fields)
      throws Exception {
    Headers headers = Headers.of(fields);
    return inspection.explain(new Question(config(yaml), url, "GET", headers, caller, "", false));
  }

  private static String text(Explanation explanation) {
    return explanation.rows().stream()
        .map(row -> row.label() + " | " + row.text() + "\n")
        .collect(Collectors.joining());
  }

  @Test
  void aGoodConfigurationIsPrintedWithoutItsSecrets() throws Exception {
    Inspection.Checked checked = inspection.check(config("secretkey : hush\n" + CALLERS));
    assertEquals(8080, checked.effective().get("Port"));
    assertFalse(checked.effective().toString().contains("hush"));
    assertFalse(checked.warnings().toString().contains("hush"));
  }

  @Test
  void openDoorsAreWarnedOf() throws Exception {
    assertEquals(3, inspection.check(config("host : 0.0.0.0")).warnings().size());
    assertEquals(
        List.of(
            "the admin port is open to whoever reaches 0.0.0.0:9090: nobody is asked for a key"
                + " there"),
        inspection.check(config("admin : { host : 0.0.0.0 }")).warnings());
  }

  private static final String ROUTES =
      """
      routes:
        - {host: hooks.test, path: /github/, destination: 'http://ci.test/hooks/', keys: false,
           methods: [POST], client: north}
        - {path: /api/, destination: 'http://api.test/v1/'}
        - {path: /s, destination: 'http://api.test/s'}
        - {path: /status/x/, destination: 'http://api.test/s/'}
      blacklist: [{url: /v1/no}]
      """;

  @ParameterizedTest
  @CsvSource({
    "Hooks.test:80, /github/push?a, POST, allowed",
    "hooks.test, /github/push, GET, denied: the route takes POST",
    "hooks.test, /api/x, GET, no valid destination: no route of that host has that path",
    "'', /github/push, POST, no valid destination: no route has that path",
    "'', /api/x, GET, allowed",
    "'', /status, GET, 'no valid destination: a path of the server itself, whatever the routes"
        + " are'",
    "hooks.test, /status, GET, no valid destination: no route of that host has that path",
    "'', /api/no, GET, denied: Destination is forbidden",
    "'', /api/%2e%2e/x, GET, no valid destination: an origin could read the path as one of another"
        + " route"
  })
  void aPathIsExplainedByItsRoute(String host, String path, String method, String verdict)
      throws Exception {
    Question question = new Question(config(ROUTES), path, method, Headers.EMPTY, "", host, false);
    assertEquals(verdict, inspection.explain(question).verdict());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "all | tcp://api.test:443 | allowed",
        "[22] | tcp://api.test:443 | denied: tunnelports in the configuration of wsp-server does"
            + " not list port 443",
        "none | tcp://a:1 | denied: there are no tunnels, as tunnelports is not set in the"
            + " configuration of wsp-server",
        "all | tcp://no.test:443 | denied: Destination is forbidden",
        "all | tcp://api.test | no valid destination: the port of the tunnel is missing",
        "all | ws://api.test/ | allowed"
      })
  void aTunnelIsExplainedByItsPortAndRules(String ports, String url, String verdict)
      throws Exception {
    String rules = "\nblacklist: [{method: CONNECT, url: '^tcp://no\\.'}, {url: '^ws'}]";
    Question question =
        new Question(
            config("tunnelports: " + ports + rules), url, "GET", Headers.EMPTY, "", "", false);
    assertEquals(verdict, inspection.explain(question).verdict());
  }

  private static final String UPGRADES = "blacklist: [{headers: {Upgrade: '^websocket$'}}]\n";
  private static final String WITHOUT =
      "no valid destination: a ws: or wss: URL is for a GET with Upgrade: websocket, where upgrades"
          + " lists it";

  /** As the daemon does: the fields of the hop are gone, but for an upgrade that it asks for. */
  @ParameterizedTest
  @CsvSource({
    "'', http://api.test/, Upgrade, denied: Destination is forbidden",
    "'', http://api.test/, close, allowed",
    "upgrades: [], http://api.test/, Upgrade, allowed",
    "'', ws://api.test/, close, denied: Destination is forbidden",
    "upgrades: [], ws://api.test/, Upgrade, '" + WITHOUT + "'",
    "'routes: [{path: /api/, destination: ''http://a/''}]', /api/, Upgrade,"
        + " denied: Destination is forbidden",
    "'routes: [{path: /api/, destination: ''http://a/'', secret: hush, methods: [POST]}]',"
        + " /api/, Upgrade, allowed",
  })
  void anUpgradeIsJudged(String yaml, String url, String option, String verdict) throws Exception {
    Headers sent = Headers.of("Connection", option, "Upgrade", "WebSocket");
    String method = yaml.contains("POST") ? "POST" : "GET";
    Question question = new Question(config(UPGRADES + yaml), url, method, sent, "", "", false);
    assertEquals(verdict, inspection.explain(question).verdict());
  }

  @Test
  void anExplanationOfAPathNamesRouteClientAndKeys() throws Exception {
    Question question =
        new Question(config(ROUTES), "/github/x", "POST", Headers.EMPTY, "", "hooks.test", false);
    String rows = inspection.explain(question).rows().toString();
    for (String part :
        new String[] {"http://ci.test/hooks/x", "routes[0] hooks.test/github/", "north", "none is"})
      assertTrue(rows.contains(part), rows);
  }

  @Test
  void certificatesAreReadAndMustMatch() throws Exception {
    String chain = "tls :\n  certfile : " + TLS.resolve("ec.pem").toAbsolutePath();
    String key = "\n  keyfile : " + TLS.resolve("ec.key").toAbsolutePath();
    var unused = inspection.check(config(chain + key));
    String other = "\n  keyfile : " + TLS.resolve("client.key").toAbsolutePath();
    Path wrong = config(chain + other);
    String message =
        assertThrows(ConfigException.class, () -> inspection.check(wrong)).getMessage();
    assertTrue(message.contains("keyfile") && message.contains("not another one"), message);
  }

  @Test
  void theCallersOwnRulesComeAfterTheServers() throws Exception {
    Explanation own = explain(CALLERS, "http://internal.test/", "reports");
    assertFalse(own.allowed());
    assertTrue(text(own).contains("server's rules | allowed: there are none\n"), text(own));
    assertTrue(text(own).contains("rules of reports | denied by blacklist[0] url "), text(own));
    Explanation anybody = explain(CALLERS, "http://internal.test/", "");
    assertTrue(anybody.allowed());
    assertTrue(text(anybody).contains("callers | not judged"), text(anybody));
    Explanation server =
        explain(CALLERS + "blacklist : [{ url : internal }]", "http://internal.test/", "reports");
    assertTrue(text(server).contains("server's rules | denied by"), text(server));
    assertFalse(text(server).contains("rules of"), text(server));
  }

  @Test
  void nobodyIsNoCaller() {
    assertThrows(UnknownCallerException.class, () -> explain(CALLERS, "http://a.test/", "nobody"));
  }

  @Test
  void fieldsAreJudgedAsTheyGoOn() throws Exception {
    String rules = "blacklist :\n  - headers :\n      X-Team : red\n";
    assertFalse(explain(rules, "http://a.test/", "", "x-team", "red").allowed());
    assertTrue(explain(rules, "http://a.test/", "", "X-Team", "blue").allowed());
    String[] dropped = {"X-Team", "red", "Connection", "x-team"};
    assertTrue(explain(rules, "http://a.test/", "", dropped).allowed());
    String client = "blacklist :\n  - headers :\n      X-Proxy-Client : red\n";
    assertTrue(explain(client, "http://a.test/", "", "X-PROXY-CLIENT", "red").allowed());
    String destination = "blacklist :\n  - headers :\n      X-Proxy-Destination : a\\.test\n";
    assertFalse(explain(destination, "http://a.test/", "").allowed());
  }

  @Test
  void aTunnelThroughTheServerIsNotTaken() throws Exception {
    Question connect =
        new Question(config(""), "http://a.test/", "CONNECT", Headers.EMPTY, "", "", false);
    assertEquals("denied: CONNECT is for tcp://host:port", inspection.explain(connect).verdict());
  }
}
