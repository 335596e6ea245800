package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.config.JsonPrint;

class ServerConfigTest {
  /**
   * A key.
   *
   * @param key in the file
   * @param byDefault what it is without one, as it is printed at start
   * @param written another value in a file
   * @param read and as it is printed then
   */
  private record Key(String key, Object byDefault, String written, Object read) {
    @Override
    public String toString() {
      return key;
    }
  }

  static List<Key> keys() {
    return List.of(
        new Key("host", "127.0.0.1", "0.0.0.0", "0.0.0.0"),
        new Key("port", 8080, "0", 0),
        new Key("timeout", 1000L, "0", 0L),
        new Key("idletimeout", 60_000L, "2m", 120_000L),
        new Key("whitelist", List.of(), "[{method: GET}]", 1),
        new Key("blacklist", List.of(), "[{url: a}, {url: b}]", 2),
        new Key("secretkey", "", "0123", "***"),
        new Key("clients", List.of(), "[{name: a, key: b}, {name: c, key: [d, e]}]", 2),
        new Key("callers", List.of(), "[{name: a, key: b, whitelist: [{method: GET}]}]", 1),
        new Key(
            "secretkeyfile",
            "",
            "../wsp-common/src/test/resources/secret.txt",
            "../wsp-common/src/test/resources/secret.txt"),
        new Key("forwardproxy", true, "no", false),
        new Key("routes", List.of(), "[{path: /a, destination: 'http://a'}]", 1),
        new Key("webhookbody", 1 << 20, "2m", 2 << 20),
        new Key("tunnelports", "none", "[22, 8000-8100]", "22, 8000-8100"),
        new Key(
            "upgrades",
            List.of("websocket"),
            "[WebSocket, SPDY/3.1]",
            List.of("WebSocket", "SPDY/3.1")),
        new Key("tls", Map.of(), "{certfile: a.pem, keyfile: b.key, clientca: c.pem}", 3),
        new Key("trustedproxies", List.of(), "[10.0.0.0/8, '::1']", List.of("10.0.0.0/8", "::1")),
        new Key("forwarded", false, "true", true),
        new Key("via", "off", "wsp-1", "wsp-1"),
        new Key("loglevel", "info", "debug", "debug"),
        new Key("greetingtimeout", 10_000L, "100ms", 100L),
        new Key("deadpeer", 30_000L, "1s", 1000L),
        new Key("maxenvelope", 1 << 20, "2m", 2 << 20),
        new Key(
            "maxbuffered",
            Math.min(160L << 20, Runtime.getRuntime().maxMemory() / 100 * 25),
            "8m",
            8L << 20),
        new Key("wire", "auto", "1", "1"),
        new Key("envelopememory", Runtime.getRuntime().maxMemory() / 100 * 20, "8m", 8L << 20),
        new Key("maxconnections", 20_000, "7", 7),
        new Key("maxclientconnections", 10_000, "8", 8),
        new Key("maxwaiting", 10_000, "0", 0),
        new Key("grace", 30_000L, "0", 0L),
        new Key("notice", 0L, "5s", 5000L),
        new Key("maxheader", 64 << 10, "128k", 128 << 10),
        new Key("maxheaderfields", 100, "10", 10),
        new Key("headertimeout", 30_000L, "5s", 5000L),
        new Key("calleridletimeout", 75_000L, "6s", 6000L),
        new Key("stalltimeout", 60_000L, "7000", 7000L),
        new Key("halfclosetimeout", 300_000L, "6m", 360_000L),
        new Key("maxcallers", 20_000, "9", 9),
        new Key("maxcallersperaddress", 10_000, "10", 10),
        new Key("maxexchangespercaller", 0, "3", 3),
        new Key("callermemory", Runtime.getRuntime().maxMemory() / 100 * 25, "16m", 16L << 20),
        new Key("errorcodes", "legacy", "Standard", "standard"),
        new Key("balance", "random", "leastbusy", "leastbusy"),
        new Key("admin", Map.of(), "{port: 0}", Map.of("Host", "127.0.0.1", "Port", 0)),
        new Key("accesslog", Map.of(), "{format: combined, file: a.log}", 4),
        new Key("logformat", "plain", "json", "json"));
  }

  private static Map<String, Object> effective(String yaml) throws ConfigException {
    return ServerConfig.of(ConfigFile.parse("test.cfg", yaml)).effective().entrySet().stream()
        .collect(Collectors.toMap(e -> e.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
  }

  private static void assertShown(Object expected, Object shown) {
    if (shown instanceof List<?> list && expected instanceof Integer size)
      assertEquals(size, list.size());
    else if (shown instanceof Map<?, ?> map && expected instanceof Integer size)
      assertEquals(size, map.size());
    else assertEquals(expected, shown);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void everyKeyHasItsDefault(Key key) throws Exception {
    assertShown(key.byDefault, effective("").get(key.key));
    assertShown(key.byDefault, effective("---\n" + key.key + ":\n").get(key.key));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void everyKeyIsReadInAnyCase(Key key) throws Exception {
    for (String spelled : List.of(key.key, key.key.toUpperCase(Locale.ROOT)))
      assertShown(key.read, effective(spelled + ": " + key.written).get(key.key));
    assertNotEquals(key.byDefault, key.read);
  }

  @Test
  void everyKeyThatIsPrintedIsInTheTableAbove() throws Exception {
    Set<String> table = keys().stream().map(Key::key).collect(Collectors.toSet());
    assertEquals(table, effective("").keySet());
  }

  @Test
  void everyComponentOfTheConfigurationIsPrinted() throws Exception {
    List<Class<?>> nested =
        List.of(
            ServerConfig.Port.class,
            wsp.server.listener.ListenerLimits.class,
            wsp.server.listener.ListenerLimits.Crowd.class,
            wsp.server.forward.Terms.class,
            wsp.server.forward.Entrances.class,
            ServerConfig.Clients.class,
            ServerConfig.Pools.class,
            wsp.server.pool.PoolTerms.class,
            ServerConfig.Ending.class,
            wsp.config.LinkKeys.class,
            wsp.observe.ObserveSettings.class);
    int components = ServerConfig.class.getRecordComponents().length - nested.size();
    for (Class<?> record : nested) components += record.getRecordComponents().length;
    // Rules stand for two keys, forwarding for three, and its proxies stand in the crowd's limits,
    // too, as do connections of clients; how long a client is expected back is when it is dead;
    // what a request's terms say of an address, of the access log and of names stands elsewhere.
    assertEquals(components + 1 + 2 - 2 - 1 - 3, effective("").size());
  }

  /** Asks for every key there is by being told of one that is unknown. */
  @Test
  void noKeyIsReadThatIsNotInTheTable() {
    for (String other : List.of("secret", "idle", "hosts", "max", "ports", "level")) {
      ConfigException e = assertThrows(ConfigException.class, () -> effective(other + ": 1"));
      assertTrue(String.valueOf(e.getMessage()).contains(other), e.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "port: -1",
        "port: 65536",
        "port: x",
        "timeout: -1",
        "timeout: 10 s",
        "idletimeout: 0",
        "deadpeer: 99",
        "maxenvelope: 1000",
        "maxcallers: 0",
        "maxconnections: 1.5",
        "port: 1\nPORT: 2",
        "host: [a]",
        "blacklist: x",
        "blacklist: [{url: '('}]",
        "blacklist: [{path: x}]",
        "loglevel: loud",
        "errorcodes: new",
        "balance: 1",
        "admin: 9090",
        "admin: {port: 70000}",
        "accesslog: {format: xml}",
        "accesslog: {path: a}",
        "logformat: yaml"
      })
  void whatIsWrongIsOneLineThatNamesFileAndKey(String yaml) {
    ConfigException e = assertThrows(ConfigException.class, () -> effective(yaml));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith("test.cfg: "), message);
    assertTrue(
        message.toLowerCase(Locale.ROOT).contains(yaml.substring(0, yaml.indexOf(':'))), message);
    assertFalse(message.contains("\n"), message);
  }

  @Test
  void theSecretIsNotPrinted() throws Exception {
    ServerConfig config =
        ServerConfig.of(ConfigFile.parse("test.cfg", "secretkey: TopSecret-4242"));
    assertFalse(JsonPrint.indented(config.effective()).contains("TopSecret"));
  }

  @Test
  void theNamesOfTheOriginalComeFirst() throws Exception {
    Set<String> names =
        new LinkedHashSet<>(ServerConfig.of(ConfigFile.parse("test.cfg", "")).effective().keySet());
    assertEquals(
        Stream.of("Host", "Port", "Timeout", "IdleTimeout", "Whitelist", "Blacklist", "SecretKey")
            .toList(),
        names.stream().limit(7).toList());
  }

  private static List<String> warnings(String yaml) throws ConfigException {
    return ServerConfig.of(ConfigFile.parse("test.cfg", yaml)).warnings();
  }

  @Test
  void openDoorsBeyondLoopbackAreWarnedOf() throws Exception {
    for (String host : List.of("127.0.0.1", "127.9.9.9", "'::1'", "localhost"))
      assertEquals(List.of(), warnings("host: " + host));
    for (String host : List.of("0.0.0.0", "''", "'::'", "192.0.2.1")) {
      List<String> both = warnings("host: " + host);
      assertEquals(2, both.size(), host);
      assertTrue(both.get(0).contains("MAY REGISTER"), both.get(0));
      assertTrue(both.get(1).contains("MAY SEND REQUESTS"), both.get(1));
    }
    String callers = "host: 0.0.0.0\ncallers: [{name: a, key: b}]\n";
    assertEquals(1, warnings(callers).size());
    assertEquals(0, warnings(callers + "secretkey: c").size());
    assertEquals(0, warnings(callers + "clients: [{name: a, key: b}]").size());
  }
}
