package wsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.client.targets.PoolSizes;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.config.JsonPrint;
import wsp.config.Reloader;

class ClientConfigTest {
  private static final String TARGETS = "targets: [ws://127.0.0.1:8080/register]\n";

  private static final String SECRET_FILE = "../wsp-common/src/test/resources/secret.txt";

  /** Each key as it is printed, another value than its default, and how that is printed. */
  private static final Map<String, Object[]> KEYS = new LinkedHashMap<>();

  static {
    KEYS.put("ID", new Object[] {"some-id", "some-id"});
    KEYS.put("PoolIdleSize", new Object[] {"11", 11});
    KEYS.put("PoolMaxSize", new Object[] {"99", 99});
    KEYS.put("PoolMinSize", new Object[] {"12", 12});
    KEYS.put("PoolMinIdleSize", new Object[] {"13", 13});
    KEYS.put("Wire", new Object[] {"1", "1"});
    KEYS.put("MaxExchanges", new Object[] {"17", 17});
    KEYS.put("MaxBuffered", new Object[] {"96k", 96L << 10});
    KEYS.put("EnvelopeMemory", new Object[] {"96k", 96L << 10});
    KEYS.put("SecretKey", new Object[] {"secret", "***"});
    KEYS.put("SecretKeyFile", new Object[] {SECRET_FILE, SECRET_FILE});
    KEYS.put("AllowAddresses", new Object[] {"[10.0.0.0/8, '::1']", List.of("10.0.0.0/8", "::1")});
    KEYS.put("DenyAddresses", new Object[] {"10.9.9.9", List.of("10.9.9.9")});
    KEYS.put("OriginCaFile", new Object[] {"/a/ca.pem", "/a/ca.pem"});
    KEYS.put("OriginCertFile", new Object[] {"/a/c.pem\noriginkeyfile: /a/c.key", "/a/c.pem"});
    KEYS.put("OriginKeyFile", new Object[] {"/a/c.key\norigincertfile: /a/c.pem", "/a/c.key"});
    KEYS.put("OriginInsecure", new Object[] {"true", true});
    KEYS.put("TargetCaFile", new Object[] {"/b/ca.pem", "/b/ca.pem"});
    KEYS.put("TargetCertFile", new Object[] {"/b/c.pem\ntargetkeyfile: /b/c.key", "/b/c.pem"});
    KEYS.put("TargetKeyFile", new Object[] {"/b/c.key\ntargetcertfile: /b/c.pem", "/b/c.key"});
    KEYS.put("TargetInsecure", new Object[] {"true", true});
    KEYS.put("Proxy", new Object[] {"http://u:p@h:3128", "http://***@h:3128"});
    KEYS.put("ProxyFile", new Object[] {SECRET_FILE, SECRET_FILE});
    KEYS.put("ResolveInterval", new Object[] {"39s", 39_000L});
    KEYS.put("LogLevel", new Object[] {"Warn", "warn"});
    KEYS.put("PingInterval", new Object[] {"31s", 31_000L});
    KEYS.put("DeadPeer", new Object[] {"32s", 32_000L});
    KEYS.put("StallTimeout", new Object[] {"33s", 33_000L});
    KEYS.put("DialTimeout", new Object[] {"34s", 34_000L});
    KEYS.put("MaxEnvelope", new Object[] {"2m", 2 << 20});
    KEYS.put("ConnectTimeout", new Object[] {"35s", 35_000L});
    KEYS.put("ResponseTimeout", new Object[] {"36s", 36_000L});
    KEYS.put("KeepAlive", new Object[] {"37s", 37_000L});
    KEYS.put("MaxHeader", new Object[] {"64k", 64 << 10});
    KEYS.put("Engine", new Object[] {"httpclient", "httpclient"});
    KEYS.put("OriginHttp2", new Object[] {"false", false});
    KEYS.put("Grace", new Object[] {"38s", 38_000L});
    KEYS.put("Labels", new Object[] {"[red, blue]", List.of("red", "blue")});
    KEYS.put("TunnelPorts", new Object[] {"all", "all"});
    KEYS.put("ErrorCodes", new Object[] {"standard", "standard"});
    KEYS.put("Admin", new Object[] {"{port: 0}", Map.of("Host", "127.0.0.1", "Port", 0)});
    KEYS.put(
        "AccessLog",
        new Object[] {
          "{format: combined, file: /a.log, maxsize: 1m, keep: 2}",
          Map.of("Format", "combined", "File", "/a.log", "MaxSize", 1 << 20, "Keep", 2)
        });
    KEYS.put("LogFormat", new Object[] {"json", "json"});
    KEYS.put("Targets", new Object[] {"[wss://a.test/b]", List.of("wss://a.test/b")});
    KEYS.put("Blacklist", new Object[] {"[url: x]", List.of(rule("x"))});
    KEYS.put("Whitelist", new Object[] {"[url: y]", List.of(rule("y"))});
  }

  private static Map<String, Object> rule(String url) {
    return Map.of("Method", "", "URL", url, "Headers", Map.of());
  }

  static ClientConfig read(String yaml) throws ConfigException {
    return ClientConfig.of(ConfigFile.parse("test.cfg", yaml));
  }

  static String error(String yaml) {
    return assertThrows(ConfigException.class, () -> read(yaml)).getMessage();
  }

  @Test
  void theDefaultsAreThoseOfTheDocumentation() throws Exception {
    ClientConfig config = read(TARGETS);
    assertEquals(new PoolSizes(10, 10, 10, 100), config.targets().sizes());
    assertEquals("", config.identity().secretKey());
    assertEquals("info", config.logLevel());
    assertEquals(Duration.ofSeconds(10), config.targets().resolveInterval());
    assertEquals(Duration.ofSeconds(30), config.targets().times().ping());
    assertEquals(Duration.ofSeconds(30), config.targets().times().deadPeer());
    assertEquals(Duration.ofSeconds(60), config.targets().times().stall());
    assertEquals(Duration.ofSeconds(10), config.targets().times().dial());
    assertEquals(1 << 20, config.targets().wire().maxEnvelope());
    assertEquals(Duration.ofSeconds(10), config.origin().connectTimeout());
    assertEquals(Duration.ZERO, config.origin().responseTimeout());
    assertEquals(Duration.ofSeconds(4), config.origin().keepAlive());
    assertEquals(256 << 10, config.origin().maxHeader());
    assertEquals(Duration.ofSeconds(30), config.grace());
    assertTrue(config.targets().wire().link().auto());
    assertEquals(1000, config.targets().wire().maxExchanges());
    assertEquals(
        Math.min(160L << 20, Runtime.getRuntime().maxMemory() / 100 * 25),
        config.targets().wire().link().maxBuffered());
    assertTrue(config.rules().isEmpty());
  }

  @Test
  void withoutAnIdThereIsARandomUuid() throws Exception {
    assertEquals(UUID.fromString(read(TARGETS).identity().id()).toString().length(), 36);
    assertNotEquals(read(TARGETS).identity().id(), read(TARGETS).identity().id());
  }

  @Test
  void everyKeyIsReadAndPrinted() throws Exception {
    for (String key : read(TARGETS).effective().keySet()) {
      Object[] test = KEYS.get(key);
      assertTrue(test != null, "no test for " + key);
      String line = key.toLowerCase(Locale.ROOT) + ": " + test[0] + "\n";
      ClientConfig config = read(key.equals("Targets") ? line : TARGETS + line);
      assertEquals(test[1], config.effective().get(key), key);
    }
    assertEquals(KEYS.keySet(), read(TARGETS).effective().keySet());
  }

  @Test
  void keysMayBeWrittenInAnyCase() throws Exception {
    assertEquals("Mixed-1", read(TARGETS + "SecretKey: Mixed-1\n").identity().secretKey());
  }

  @Test
  void theSecretIsNotPrinted() throws Exception {
    String print = JsonPrint.indented(read(TARGETS + "secretkey: hush-hush\n").effective());
    assertFalse(print.contains("hush"), print);
  }

  @Test
  void theIdleSizeStandsForBothMinimums() throws Exception {
    assertEquals(
        new PoolSizes(7, 7, 7, 100), read(TARGETS + "poolidlesize: 7\n").targets().sizes());
    assertEquals(
        new PoolSizes(7, 3, 7, 100),
        read(TARGETS + "poolidlesize: 7\npoolminidlesize: 3\n").targets().sizes());
    assertEquals(
        new PoolSizes(7, 7, 9, 100),
        read(TARGETS + "poolidlesize: 7\npoolminsize: 9\n").targets().sizes());
  }

  @Test
  void aDefaultMakesRoomForWhatTheFileSays() throws Exception {
    assertEquals(new PoolSizes(5, 5, 5, 5), read(TARGETS + "poolmaxsize: 5\n").targets().sizes());
    assertEquals(
        new PoolSizes(200, 200, 200, 200), read(TARGETS + "poolidlesize: 200\n").targets().sizes());
    String error = error(TARGETS + "poolidlesize: 10\npoolmaxsize: 5\n");
    assertTrue(error.contains("poolmaxsize: at least poolidlesize (10)"), error);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "poolminsize: 101 | poolmaxsize: at least poolminsize (101)",
        "poolminidlesize: 101 | poolmaxsize: at least poolminidlesize (101)",
        "poolmaxsize: -3 | poolmaxsize",
        "poolidlesize: many | poolidlesize",
        "poolidlesize: 0 | poolidlesize",
        "id: 'a b' | id: 1 to 200 printable",
        "loglevel: loud | loglevel: error, warn",
        "secretkey: 'ü' | secretkey",
        "deadpeer: 0 | deadpeer",
        "resolveinterval: 500ms | resolveinterval",
        "denyaddresses: 10.0.0.1/8 | denyaddresses: 10.0.0.0/8 or 10.0.0.1 is expected, not"
            + " '10.0.0.1/8'",
        "allowaddresses: [a.test] | allowaddresses: an address, or a range such as 10.0.0.0/8, is",
        "nosuchkey: 1 | nosuchkey",
      })
  void whatMakesNoSenseIsRefusedByName(String line, String expected) {
    String error = error(TARGETS + line + "\n");
    assertTrue(error.startsWith("test.cfg: ") && error.contains(expected), error);
  }

  @Test
  void theShippedFileHasEveryKeyWithItsDefault() throws Exception {
    Path file = Path.of("..", "config", "wsp_client.cfg");
    Map<String, Object> shipped = ClientConfig.reloader(file).current().effective();
    Map<String, Object> defaults = read(TARGETS).effective();
    shipped.remove("ID");
    defaults.remove("ID");
    assertEquals(defaults, shipped);
    Set<String> documented = new TreeSet<>();
    Matcher keys = Pattern.compile("(?m)^(?:# )?([a-z0-9]+) :").matcher(Files.readString(file));
    while (keys.find()) documented.add(keys.group(1));
    for (String key : KEYS.keySet())
      assertTrue(documented.contains(key.toLowerCase(Locale.ROOT)), key);
  }

  @Test
  void whatMayChangeAtRunTimeAreKeysThatThereAre() throws Exception {
    assertTrue(read(TARGETS).effective().keySet().containsAll(ClientConfig.LIVE));
  }

  @Test
  void aRandomIdStaysWhenTheFileIsReadAgain(@TempDir Path dir) throws Exception {
    Path file = Files.writeString(dir.resolve("test.cfg"), TARGETS);
    Reloader<ClientConfig> reloader = ClientConfig.reloader(file);
    String id = reloader.current().identity().id();
    reloader.request();
    assertEquals(file + " has been read again", reloader.poll((c, asked) -> null));
    assertEquals(id, reloader.current().identity().id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[a b]", "['']", "[a, a]", "['a,b']", "é", "a/b"})
  void labelsAreWords(String labels) {
    String message = error(TARGETS + "labels: " + labels);
    assertTrue(message.startsWith("test.cfg: labels: at most 16 different words"), message);
  }

  @Test
  void labelsHaveTheirLimits() throws Exception {
    String longest = "x".repeat(64);
    assertEquals(List.of(longest), read(TARGETS + "labels: " + longest).identity().labels());
    assertTrue(error(TARGETS + "labels: x" + longest).contains("labels: "));
    List<String> most = java.util.stream.IntStream.range(0, 16).mapToObj(i -> "w" + i).toList();
    assertEquals(most, read(TARGETS + "labels: " + most).identity().labels());
    assertTrue(error(TARGETS + "labels: [more, " + String.join(", ", most) + "]").contains("16"));
  }
}
