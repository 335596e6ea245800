package wsp.client.targets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.client.websocket.Endpoint;
import wsp.client.websocket.Proxy;
import wsp.client.websocket.Urls;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;

class ProxySettingsTest {
  private static final Endpoint WSS = endpoint("wss://server.test/register");
  private static final Endpoint WS = endpoint("ws://server.test/register");

  private static Endpoint endpoint(String url) {
    return Endpoint.of(Urls.of(url));
  }

  private static ProxySettings read(String yaml, String... environment) throws ConfigException {
    Map<String, String> variables = new java.util.HashMap<>();
    for (int i = 0; i < environment.length; i += 2)
      variables.put(environment[i], environment[i + 1]);
    ConfigFile file = ConfigFile.parse("f", yaml, variables);
    ProxySettings settings =
        ProxySettings.read(file, List.of(new Target(WSS.url(), false), new Target(WS.url(), true)));
    file.rejectUnknown();
    return settings;
  }

  private static ProxySettings read(ConfigFile file) throws ConfigException {
    return ProxySettings.read(file, Target.all(file));
  }

  private static String through(ProxySettings settings, String target) {
    return settings.forTarget(endpoint(target)).map(p -> p.host() + ":" + p.port()).orElse("-");
  }

  @Test
  void aVariableThatNoTargetNeedsStopsNothing() throws Exception {
    String local = "targets: ['wss://localhost/register', 'wss://127.0.0.1/register']";
    String inside = "targets: ['wss://wsp.inside.test/register', 'ws://other.test/register']";
    Map<String, String> variables =
        Map.of("HTTPS_PROXY", "no URL at all:", "NO_PROXY", "inside.test");
    for (String yaml : List.of(local, inside))
      assertNull(read(ConfigFile.parse("f", yaml, variables)).configured());
    String outside = "targets: ['wss://wsp.inside.test/register', 'wss://other.test/register']";
    assertThrows(ConfigException.class, () -> read(ConfigFile.parse("f", outside, variables)));
  }

  @ParameterizedTest
  @CsvSource({
    "http://u:p@ss@p.test:3128, percent-encoded",
    "http://u:p#ss@p.test:3128, percent-encoded",
    "http://u:p/ss@p.test:3128, percent-encoded",
    "http://u:p?ss@p.test:3128, percent-encoded",
    "'http://DOM\\u:pss@p.test', percent-encoded",
    "http://u:p%ss@p.test, percent-encoded",
    "https://u:pss@p.test, no other scheme",
    "socks5://p.test:1080, no other scheme",
    "http://p.test/path, 'host'",
    "http://u:p%40ss@p.test/path, 'host'",
    "http://p.test:port, 'host'"
  })
  void aUrlThatIsNoneIsToldWithTheReasonAndWithoutAPassword(String url, String end) {
    String told =
        String.valueOf(
            assertThrows(ConfigException.class, () -> read("proxy: '" + url + "'")).getMessage());
    assertTrue(end.equals("host") ? told.endsWith(end) : told.contains(end), told);
    assertFalse(told.contains("ss@") || told.contains("p.test"), told);
  }

  @Test
  void withoutAnythingTargetsAreReachedDirectly() throws Exception {
    assertTrue(read("").forTarget(WSS).isEmpty());
    assertNull(read("").configured());
  }

  @Test
  void theKeyGoesBeforeTheEnvironmentAndCountsForEveryTarget() throws Exception {
    ProxySettings settings = read("proxy: http://p.test:3128", "HTTPS_PROXY", "http://env.test");
    for (String target : List.of("wss://a.test/", "ws://a.test/", "ws://127.0.0.1:8080/"))
      assertEquals("p.test:3128", through(settings, target));
  }

  @Test
  void theKeyMayBeInAVariableOfOurs() throws Exception {
    assertEquals("v.test:80", through(read("proxy: p.test", "WSP_PROXY", "v.test"), "ws://a.test"));
  }

  @Test
  void theEnvironmentHasAProxyForEachScheme() throws Exception {
    ProxySettings settings = read("", "HTTPS_PROXY", "s.test:1", "http_proxy", "http://p.test:2/");
    assertEquals("s.test:1", through(settings, "wss://a.test/"));
    assertEquals("p.test:2", through(settings, "ws://a.test/"));
    for (String here :
        List.of("ws://localhost/", "ws://localhost./", "ws://127.0.0.2/", "wss://[::1]:99/"))
      assertEquals("-", through(settings, here));
  }

  @ParameterizedTest(name = "NO_PROXY={0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "* | wss://a.test/ | -",
        "a.test | wss://a.test/ | -",
        "a.test | wss://A.Test:99/ | -",
        "a.test | wss://b.a.test/ | -",
        "a.test | wss://xa.test/ | p",
        "a.test | wss://a.test.evil/ | p",
        ".a.test | wss://b.a.test/ | -",
        "*.a.test | wss://b.a.test/ | -",
        "x,a.test | wss://a.test/ | -",
        "x a.test | wss://a.test/ | -",
        "x, a.test ,y | wss://a.test/ | -",
        "a.test. | wss://a.test/ | -",
        ".a.test.:443 | wss://b.a.test/ | -",
        "a.test | wss://a.test./ | -",
        "a.test. | wss://b.a.test./ | -",
        "10.1.2.3. | ws://10.1.2.3/ | -",
        "a.test:443 | wss://a.test/ | -",
        "a.test:443 | ws://a.test/ | p",
        "a.test:8080 | wss://a.test:8080/ | -",
        "a.test:8080 | wss://a.test/ | p",
        "10.1.2.3 | ws://10.1.2.3/ | -",
        "10.1.2.3:80 | ws://10.1.2.3/ | -",
        "10.1.2.3:81 | ws://10.1.2.3/ | p",
        "10.0.0.0/8 | ws://10.1.2.3/ | -",
        "10.0.0.0/8 | ws://11.1.2.3/ | p",
        "10.0.0.0/8 | ws://10.a.test/ | p",
        "fd00::/8 | ws://[fd00::1]/ | -",
        "fd00::1 | ws://[fd00::1]:99/ | -",
        "[fd00::1]:99 | ws://[fd00::1]:99/ | -",
        "[fd00::1]:99 | ws://[fd00::1]/ | p",
        "10.0.0.1/8 | ws://10.0.0.1/ | p",
        "'' | ws://10.0.0.1/ | p",
      })
  void noProxyNamesHostsPortsAndAddresses(String list, String target, String expected)
      throws Exception {
    for (String name : List.of("NO_PROXY", "no_proxy")) {
      ProxySettings settings = read("proxy: p", name, list);
      assertEquals(expected.equals("p") ? "p:80" : "-", through(settings, target));
    }
  }

  @Test
  void userAndPasswordAreDecodedForBasicAuthentication() throws Exception {
    Proxy proxy = read("proxy: http://al%40x:p%3Aw%2F@p.test:3128").forTarget(WSS).orElseThrow();
    assertEquals("al@x", proxy.user());
    assertEquals("p:w/", proxy.password());
    // The base64 of al@x:p:w/
    assertEquals("Basic YWxAeDpwOncv", proxy.authorization());
    assertEquals(null, read("proxy: p").forTarget(WSS).orElseThrow().authorization());
    assertEquals("Basic dTo=", Proxy.parse("u@p").authorization());
    assertEquals("::1", Proxy.parse("http://[::1]:3128").host());
  }

  @Test
  void neitherUserNorPasswordAreShown() throws Exception {
    ProxySettings settings = read("proxy: http://al:hush@p.test:3128");
    assertEquals("http://***@p.test:3128", String.valueOf(settings.configured()));
    assertEquals("http://***@p.test:3128", settings.forTarget(WSS).orElseThrow().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://u:hush@p.test",
        "socks5://u:hush@p.test",
        "http://u:hush@p.test/path",
        "http://u:hush@p.test?q",
        "http://u:hush@p.test#f",
        "http://u:hush@p.test:0",
        "http://u:hush@p.test:99999",
        "http://u:hush@",
        "http://u:hu sh@p.test",
        "http://u:hu%0ash@p.test",
        "u:hush@a b"
      })
  void anythingElseIsRefusedAndNotShown(String text) {
    for (String where : List.of("f: proxy", "environment: HTTPS_PROXY")) {
      ConfigException e =
          assertThrows(
              ConfigException.class,
              () ->
                  read(where.startsWith("f") ? "proxy: '" + text + "'" : "", "HTTPS_PROXY", text));
      String message = String.valueOf(e.getMessage());
      assertTrue(message.startsWith(where + ": a URL such as http://"), message);
      assertFalse(message.contains("hu"), message);
    }
  }

  @Test
  void aVariableThatNoTargetNeedsIsNotRead() throws Exception {
    ConfigFile file = ConfigFile.parse("f", "", Map.of("HTTPS_PROXY", "socks5://x"));
    assertTrue(
        ProxySettings.read(file, List.of(new Target(WS.url(), false))).forTarget(WS).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, 10.0.0.0/8, -",
    "10.1.2.3, server.test, -",
    "10.1.2.3, 10.1.2.4, p.test:3128",
    "fd00::1, fd00::/8, -",
    "127.0.0.2, '', -"
  })
  void anExceptionMayNameTheAddressThatATargetWasResolvedTo(
      String address, String exceptions, String expected) throws Exception {
    ProxySettings settings = read("", "HTTP_PROXY", "http://p.test:3128", "NO_PROXY", exceptions);
    Endpoint target = new Endpoint(WS.url(), InetAddress.getByName(address));
    assertEquals(
        expected, settings.forTarget(target).map(p -> p.host() + ":" + p.port()).orElse("-"));
  }
}
