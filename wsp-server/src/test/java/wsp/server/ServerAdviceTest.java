package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.tls.CertificateExpiry;
import wsp.tls.TlsFiles;

@DisabledOnOs(OS.WINDOWS)
class ServerAdviceTest {
  private static final Path TLS = Path.of("..", "wsp-common", "src", "test", "resources", "tls");
  private static final String KEY = "a-key-that-nobody-guesses";

  @TempDir Path directory;

  private Path file(String name, String text, String mode) throws IOException {
    Path file = Files.writeString(directory.resolve(name), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private List<String> check(String yaml) throws Exception {
    return check(yaml, Clock.systemUTC());
  }

  private List<String> check(String yaml, Clock clock) throws Exception {
    Path config = file("server.cfg", yaml, "rw-------");
    return new ServerInspection(OptionalLong.empty(), clock).check(config).warnings();
  }

  @Test
  void theShippedFileWithLongKeysHasNoWarning() throws Exception {
    String shipped = Files.readString(Path.of("..", "config", "wsp_server.cfg"));
    String keyed =
        shipped
            .replace("secretkey : ''", "secretkey : " + KEY)
            .replace("callers : []", "callers : [{ name : billing, key : another-" + KEY + " }]");
    assertFalse(keyed.equals(shipped));
    assertEquals(List.of(), check(keyed));
    assertEquals(List.of(), check(shipped));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "secretkey : hush | secretkey: a key of fewer than 16 characters",
        "clients : [{ name : a, key : hush }] | clients[0]: key: a key of fewer than 16 characters",
        "callers : [{ name : a, key : hush }] | callers[0]: key: a key of fewer than 16 characters",
        "callers : [{ name : a, key : '${A_HUSH}' }] | callers[0]: key: the key is taken as it",
        "clients : [{ name : a, key : '${A_HUSH}' }] | clients[0]: key: the key is taken as it",
        "secretkey : '${A_HUSH}' | secretkey is taken as it stands",
        "whitelist : [{ url : '^https://a\\.b' }] | whitelist[0]: url: it also allows https://a.b.",
        "whitelist : [{ url : 'a\\.b/' }] | whitelist[0]: url: it also allows"
            + " http://evil.example/?",
        "callers : [{ name : a, key : x, whitelist : [{ url : a }] }] | callers[0]: whitelist[0]:"
            + " url",
        "{tunnelports : all, host : 0.0.0.0} | tunnelports: ANYBODY WHO REACHES 0.0.0.0 MAY OPEN",
        "{tunnelports : 443, blacklist : [{ url : a }]} | tunnelports: a tunnel hides its URL",
        "host : wsp.invalid | host: the name wsp.invalid has no address",
        "host : 192.0.2.77 | host: no interface of this machine has the address of 192.0.2.77",
        "admin : { host : 192.0.2.77 } | admin: host: no interface of this machine has the address",
      })
  void eachWeaknessIsOneLineWithItsKey(String yaml, String line) throws Exception {
    List<String> lines = check(yaml);
    assertTrue(lines.stream().anyMatch(l -> l.contains(line)), lines::toString);
    assertFalse(lines.toString().contains("hush"), lines::toString);
    assertTrue(lines.stream().allMatch(l -> l.lines().count() == 1), lines::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "secretkey : " + KEY + " | true",
        "clients : [{ name : a, key : " + KEY + " }] | true",
        "callers : [{ name : a, key : " + KEY + " }] | true",
        "timeout : 1s | false"
      })
  void keysBeyondLoopbackNeedTls(String yaml, boolean warned) throws Exception {
    String line = "tls: without it, keys and all that callers send cross the network to 0.0.0.0";
    assertEquals(
        warned, check("host : 0.0.0.0\n" + yaml).stream().anyMatch(l -> l.startsWith(line)));
    assertFalse(check("host : localhost\n" + yaml).toString().contains("plain text"));
    assertFalse(check("host : 0.0.0.0\n" + yaml + tls("rw-------")).toString().contains("plain"));
  }

  @Test
  void aForwardProxyWithoutCallersIsToldOfBeyondLoopback() throws Exception {
    String line = "forwardproxy: 0.0.0.0 IS AN OPEN PROXY";
    String all = "host : 0.0.0.0\n";
    assertTrue(check(all).stream().anyMatch(l -> l.startsWith(line)));
    assertFalse(check("host : 127.0.0.1").toString().contains(line));
    assertFalse(check(all + "forwardproxy : false").toString().contains(line));
    String callers = "callers : [{ name : a, key : " + KEY + " }]";
    assertFalse(check(all + callers).toString().contains(line));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{path: /a/, destination: 'http://o/b/', keys: false} | routes[0] /a/: keys: ANYBODY WHO"
            + " REACHES THE PORT MAY SEND REQUESTS TO http://o/b/ AND WHAT IS BELOW IT, without a"
            + " key",
        "{path: /a/, destination: 'http://o/b/'} | ''",
        "{path: /a, destination: 'http://o'}, {path: /a/b, destination: 'http://o'} | routes[1]"
            + " /a/b: no request takes it: all go to routes[0] /a, which comes first",
        "{path: /a/, destination: 'http://o'}, {path: /a, destination: 'http://o'} | ''",
        "{path: /a, destination: 'http://o'}, {host: h, path: /a, destination: 'http://o'} | ''",
        "{host: '*.h', destination: 'http://o'}, {host: a.h, path: /x, destination: 'http://o'} |"
            + " routes[1] a.h/x: no request takes it: all go to routes[0] *.h/, which comes first",
        "{host: a.h, destination: 'http://o'}, {host: '*.h', destination: 'http://o'} | ''"
      })
  void aRouteThatIsOpenOrNeverTakenIsOneLine(String routes, String line) throws Exception {
    List<String> lines = check("routes : [" + routes + "]");
    assertEquals(line.isEmpty() ? List.of() : List.of(line), lines);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "keys: false, scheme: github | routes[0] /a/: keys: open without a key to all who sign with"
            + " its secret, which covers the body, and neither path, query nor fields",
        "keys: true, scheme: github | routes[0] /a/: keys: senders of webhooks have no key of"
            + " yours, and are refused: set keys : false there, where the secret is asked for",
      })
  void aRouteWithASecretIsOneCalmLine(String keys, String line) throws Exception {
    String route = "{path: /a/, destination: 'http://o/b/', secret: a-secret-of-a-webhook, %s}";
    String callers = "callers: [{name: red, key: a-key-that-is-long-enough-for-anybody}]\n";
    assertEquals(List.of(line), check(callers + "routes : [" + route.formatted(keys) + "]"));
  }

  @Test
  void aWebhookWhoseSenderIsNotSaidAndAShortSecretAreToldOf() throws Exception {
    List<String> lines =
        check("routes : [{path: /a/, destination: 'http://o/b/', secret: short-1}]");
    assertTrue(lines.get(0).contains(": routes[0]: secret: a key of fewer than 16"), lines.get(0));
    assertEquals(
        "routes[0] /a/: scheme: without it, the sender chooses how to prove that it has the secret:"
            + " set github, gitlab or stripe",
        lines.get(1));
    assertFalse(lines.toString().contains("short-1"));
  }

  private String tls(String mode) throws IOException {
    Path key = file("ec.key", Files.readString(TLS.resolve("ec.key")), mode);
    return "\ntls :\n  certfile : %s\n  keyfile : %s\n"
        .formatted(TLS.resolve("ec.pem").toAbsolutePath(), key);
  }

  @Test
  void filesOfKeysThatOthersReadAreToldOf() throws Exception {
    List<String> lines = check(tls("rw-r--r--"));
    assertEquals(1, lines.size(), lines::toString);
    assertTrue(lines.get(0).contains("server.cfg: tls: keyfile: the file of this secret may be"));
    assertTrue(lines.get(0).endsWith("(rw-r--r--): chmod 600 " + directory.resolve("ec.key")));
    assertEquals(List.of(), check(tls("rw-------")));
    file("own.key", KEY, "rw-r--r--");
    lines = check("callers : [{ name : a, keyfile : own.key }]");
    assertEquals(1, lines.size(), lines::toString);
    assertTrue(lines.get(0).contains("callers[0]: keyfile: "), lines.get(0));
  }

  @Test
  void aConfigurationThatOthersReadHoldsNoSecrets() throws Exception {
    Path secret = file("open.cfg", "secretkey : " + KEY, "rw-r--r--");
    List<String> lines =
        new ServerInspection(OptionalLong.empty(), Clock.systemUTC()).check(secret).warnings();
    assertEquals(1, lines.size(), lines::toString);
    assertTrue(lines.get(0).contains("open.cfg: secretkey: the file of this secret may be read"));
    Path none = file("none.cfg", "timeout : 1s", "rw-r--r--");
    assertEquals(
        List.of(),
        new ServerInspection(OptionalLong.empty(), Clock.systemUTC()).check(none).warnings());
  }

  @Test
  void certificatesAreJudgedByTheClock() throws Exception {
    String tls = tls("rw-------");
    ServerConfig config = ServerConfig.of(ConfigFile.parse("x", tls));
    CertificateExpiry own = TlsFiles.server(config.port().tls()).certificates().get(0);
    Instant end = Instant.ofEpochSecond(own.epochSeconds());
    assertEquals(List.of(), check(tls, at(end.minus(Duration.ofDays(31)))));
    assertTrue(check(tls, at(end.minus(Duration.ofDays(29)))).get(0).contains("in 29 days"));
    List<String> lines = check(tls, at(end.plusSeconds(1)));
    assertTrue(lines.get(0).contains("tls: certfile: "), lines::toString);
    assertTrue(lines.get(0).contains(" has expired on "), lines::toString);
  }

  private static Clock at(Instant now) {
    return Clock.fixed(now, ZoneOffset.UTC);
  }

  @Test
  void callersOfOneNameAreTold() throws Exception {
    String two =
        "callers : [{ name : a, key : 1%s }, { name : b, key : 2%s }, { name : %s, key : 3%s }]";
    List<String> lines = check(two.formatted(KEY, KEY, "a", KEY));
    assertEquals(1, lines.size(), lines::toString);
    assertTrue(lines.get(0).startsWith("callers[0], callers[2]: all have the name a,"));
    assertEquals(List.of(), check(two.formatted(KEY, KEY, "c", KEY)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ name : a, ids : [x], labels : [] } | { name : b, ids : [y], labels : [] } | ''",
        "{ name : a } | { name : b } | ''",
        "{ name : a, ids : [x] } | { name : b, ids : [y] } | 'clients: a: without labels, '",
        "{ name : a, ids : [x] } | { name : b, ids : [y], labels : [] } | 'clients: a: without"
            + " labels, '",
        "{ name : a, ids : [x] } | { name : b } | 'clients: b: without ids and labels, '",
        "{ name : a } | { name : b, labels : [l] } | 'clients: a: without ids and labels, '",
        "{ name : a, ids : [x] } | { name : b, labels : [l] } | 'clients: a: without labels, '"
      })
  void keysThatMayTakeTheNamesOfOthersAreTold(String a, String b, String line) throws Exception {
    String yaml =
        "clients : [%s, %s]"
            .formatted(
                a.replace("}", ", key : 1" + KEY + " }"), b.replace("}", ", key : 2" + KEY + " }"));
    List<String> lines = check(yaml);
    assertEquals(line.isEmpty(), lines.stream().noneMatch(l -> l.startsWith("clients: ")));
    if (!line.isEmpty()) assertTrue(lines.get(0).startsWith(line), lines::toString);
  }

  @Test
  void theSecretMayTakeTheNamesOfClients() throws Exception {
    String yaml =
        "secretkey : 1" + KEY + "\nclients : [{ name : a, key : 2" + KEY + ", ids : [x] }]";
    List<String> lines = check(yaml);
    assertEquals(1, lines.size(), lines::toString);
    assertTrue(lines.get(0).startsWith("secretkey: without ids and labels, its key may"));
    assertEquals(List.of(), check("clients : [{ name : a, key : 2" + KEY + ", ids : [x] }]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host : 0.0.0.0:8080",
        "host : '[::]:8080'",
        "host : http://localhost",
        "host : 256.0.0.1",
        "admin : { host : '127.0.0.1:9090' }"
      })
  void aHostThatNoStartTakesIsAnError(String yaml) {
    String error = assertThrows(ConfigException.class, () -> check(yaml)).getMessage();
    assertTrue(error.contains("host: an address such as 127.0.0.1"), error);
    ConfigException start =
        assertThrows(ConfigException.class, () -> ServerConfig.of(ConfigFile.parse("x", yaml)));
    assertTrue(start.getMessage().contains("host: an address such as 127.0.0.1"));
  }
}
