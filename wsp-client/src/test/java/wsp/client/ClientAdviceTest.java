package wsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.address.SystemNames;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;

@DisabledOnOs(OS.WINDOWS)
class ClientAdviceTest {
  private static final Path TLS = Path.of("..", "wsp-common", "src", "test", "resources", "tls");
  private static final String KEY = "a-key-that-nobody-guesses";
  private static final String KNOWN = "id : api\nsecretkey : " + KEY + "\n";
  private static final String TARGETS = "targets : [ws://127.0.0.1:1/register]\n";

  @TempDir Path directory;

  private Path file(String name, String text, String mode) throws IOException {
    Path file = Files.writeString(directory.resolve(name), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private static ClientInspection inspection(Clock clock) {
    return new ClientInspection(SystemNames::all, OptionalLong.empty(), clock);
  }

  private List<String> check(String yaml) throws Exception {
    return inspection(Clock.systemUTC()).check(file("client.cfg", yaml, "rw-------")).warnings();
  }

  @Test
  void theShippedFileWithALongKeyAndAnIdHasNoWarning() throws Exception {
    String shipped = Files.readString(Path.of("..", "config", "wsp_client.cfg"));
    String keyed =
        shipped
            .replace("secretkey : ''", "secretkey : " + KEY)
            .replace("# id : api-network-1", "id : api-network-1");
    assertFalse(keyed.equals(shipped));
    assertEquals(List.of(), check(keyed));
    assertEquals(List.of(), check(shipped));
  }

  @Test
  void aKeyWithoutAnIdIsToldOf() throws Exception {
    List<String> lines = check(TARGETS + "secretkey : " + KEY);
    assertEquals(1, lines.size(), lines::toString);
    assertTrue(lines.get(0).startsWith("id: without it, "), lines.get(0));
    assertEquals(List.of(), check(TARGETS + KNOWN));
  }

  @Test
  void aWhitelistThatAllowsOtherHostsIsToldOf() throws Exception {
    List<String> lines = check(TARGETS + "whitelist : [{ url : '^https://api\\.internal' }]");
    assertEquals(1, lines.size(), lines::toString);
    assertTrue(lines.get(0).startsWith("whitelist[0]: url: it also allows https://api.internal."));
    assertEquals(List.of(), check(TARGETS + "whitelist : [{ url : '^https://api\\.internal/' }]"));
  }

  @Test
  void aShortKeyIsToldOf() throws Exception {
    List<String> lines = check(TARGETS + "id : api\nsecretkey : hush");
    assertEquals(1, lines.size(), lines::toString);
    assertTrue(lines.get(0).contains("client.cfg: secretkey: a key of fewer than 16"));
    assertFalse(lines.get(0).contains("hush"), lines.get(0));
  }

  @ParameterizedTest
  @CsvSource({
    "ws://wsp.example.com/register, true",
    "dns+ws://wsp.example.com/register, true",
    "ws://192.0.2.1:8080/register, true",
    "wss://wsp.example.com/register, false",
    "ws://127.0.0.1:8080/register, false",
    "ws://localhost:8080/register, false",
    "'ws://[::1]:8080/register', false"
  })
  void aKeyThatLeavesTheMachineInPlainTextIsToldOf(String target, boolean told) throws Exception {
    List<String> lines = check("targets : ['" + target + "']\n" + KNOWN);
    assertEquals(told ? 1 : 0, lines.size(), lines::toString);
    if (told) assertTrue(lines.get(0).contains(" go to " + target + " in plain text: use wss://"));
    assertEquals(List.of(), check("targets : ['" + target + "']\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "http://user:hush@proxy.example.com:3128, true",
    "http://proxy.example.com:3128, false",
    "http://user:hush@127.0.0.1:3128, false"
  })
  void aPasswordThatLeavesTheMachineInPlainTextIsToldOf(String proxy, boolean told)
      throws Exception {
    List<String> lines = check("targets : [wss://wsp.example.com/]\nproxy : " + proxy);
    assertEquals(told ? 1 : 0, lines.size(), lines::toString);
    if (told) assertTrue(lines.get(0).startsWith("proxy: the password goes to http://***@proxy."));
    assertFalse(lines.toString().contains("hush"), lines::toString);
  }

  @Test
  void aProxyOfTheEnvironmentIsToldOfUnderItsVariable() throws Exception {
    Map<String, String> environment = Map.of("https_proxy", "http://u:hush@proxy.example.com");
    ConfigFile file = ConfigFile.parse("x", "targets : [wss://wsp.example.com/]", environment);
    List<String> lines = ClientAdvice.of(Path.of("x"), file, ClientConfig.of(file));
    assertEquals(1, lines.size(), lines::toString);
    assertTrue(lines.get(0).startsWith("environment: HTTPS_PROXY: the password goes to "));
  }

  @Test
  void filesOfSecretsThatOthersReadAreToldOf() throws Exception {
    file("own.key", KEY, "rw-r--r--");
    file("proxy", "http://user:hush@127.0.0.1:3128", "rw-r--r--");
    Path tls = file("client.key", Files.readString(TLS.resolve("client.key")), "rw-r--r--");
    List<String> lines =
        check(
            TARGETS
                + "id : api\nsecretkeyfile : own.key\nproxyfile : proxy\noriginkeyfile : client.key"
                + "\norigincertfile : "
                + TLS.resolve("client.pem").toAbsolutePath());
    assertEquals(3, lines.size(), lines::toString);
    assertTrue(lines.stream().allMatch(l -> l.contains(" may be read by others (rw-r--r--)")));
    assertTrue(lines.get(2).endsWith(": chmod 600 " + tls), lines.get(2));
    Path open = file("open.cfg", TARGETS + KNOWN, "rw-r--r--");
    assertEquals(1, inspection(Clock.systemUTC()).check(open).warnings().size());
  }

  @Test
  void certificatesAreJudgedByTheClock() throws Exception {
    Path config =
        file(
            "client.cfg",
            TARGETS + "targetcafile : " + TLS.toAbsolutePath() + "/ca.pem",
            "rw-------");
    Clock late = Clock.fixed(Instant.parse("2999-01-01T00:00:00Z"), ZoneOffset.UTC);
    List<String> lines = inspection(late).check(config).warnings();
    assertTrue(lines.get(0).contains("targetcafile: ") && lines.get(0).contains("has expired on"));
  }

  @Test
  void anAdminHostThatIsNotHereIsToldOfAndOneWithAPortIsAnError() throws Exception {
    List<String> lines = check(TARGETS + "admin : { host : 192.0.2.77 }");
    assertTrue(lines.get(lines.size() - 1).startsWith("admin: host: no interface"));
    String yaml = TARGETS + "admin : { host : '0.0.0.0:9090' }";
    String error = assertThrows(ConfigException.class, () -> check(yaml)).getMessage();
    assertTrue(error.contains("admin: host: an address such as 127.0.0.1"), error);
  }
}
