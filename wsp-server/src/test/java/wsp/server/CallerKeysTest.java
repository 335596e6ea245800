package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.envelope.Headers;
import wsp.server.keys.CallerKeys;
import wsp.server.keys.KeyDigest;
import wsp.server.keys.KeyLists;

class CallerKeysTest {
  private static final String TWO =
      "callers: [{name: red, key: [Old, New]}, {name: blue, key: Blue}]";

  private static CallerKeys keys(String yaml) throws ConfigException {
    return KeyLists.callers(ConfigFile.parse("test.cfg", yaml));
  }

  private static CallerKeys two() throws ConfigException {
    return keys(TWO);
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static String who(CallerKeys keys, String... fields) {
    CallerKeys.Identity who = keys.admit(Headers.of(fields));
    return who == null ? null : who.name();
  }

  @Test
  void whereNoneIsConfiguredAnybodyMayCall() throws Exception {
    assertSame(CallerKeys.ANYBODY, keys("").admit(Headers.EMPTY));
    assertEquals("", who(keys("callers: []"), "Proxy-Authorization", "Bearer x"));
    assertTrue(keys("").open());
    assertFalse(two().open());
  }

  @Test
  void aKeyIsPresentedInThreeWaysAndInAnyCaseOfItsScheme() throws Exception {
    assertEquals("red", who(two(), "X-PROXY-AUTHORIZATION", "Bearer Old"));
    assertEquals("red", who(two(), "x-proxy-authorization", "bearer   New "));
    assertEquals("blue", who(two(), "Proxy-Authorization", "BEARER Blue"));
    assertEquals("blue", who(two(), "Proxy-Authorization", basic("blue:Blue")));
    assertEquals("red", who(two(), "Proxy-Authorization", basic("red:New")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Old",
        "Bearer old",
        "Bearer Ol",
        "Bearer Oldx",
        "Bearer Old, Bearer New",
        "Digest Old",
        "BearerOld",
        "Bearer\tOld"
      })
  void anythingElseIsNobody(String value) throws Exception {
    assertNull(who(two(), "Proxy-Authorization", value));
    assertNull(who(two(), "X-PROXY-AUTHORIZATION", value));
  }

  @Test
  void basicNeedsTheRightNameAndItsOwnField() throws Exception {
    for (String pair : new String[] {"blue:Old", "red", ":Old", "Red:Old", "red:Old:", "Old:red"})
      assertNull(who(two(), "Proxy-Authorization", basic(pair)), pair);
    assertNull(who(two(), "Proxy-Authorization", "Basic ***"));
    assertNull(who(two(), "X-PROXY-AUTHORIZATION", basic("red:Old")));
  }

  private static String atProxy(String field, String value) throws ConfigException {
    CallerKeys.Identity who = two().admitToProxy(Headers.of(field, value));
    return who == null ? "" : who.name();
  }

  @ParameterizedTest
  @CsvSource({
    "Old:, red",
    ":Old, red",
    "x:Old, red",
    "Old:x-oauth-basic, red",
    "Red:Old, red",
    "red:New, red",
    "Blue:Blue, blue",
    "blue:Blue, blue",
    "blue:Old, ''",
    "blue:, ''",
    "Old:Blue, ''",
    "old:, ''",
    "red:red, ''",
    ":, ''",
    "Old, ''"
  })
  void theUrlOfAProxyHasTheKeyAsUserOrAsPassword(String pair, String name) throws Exception {
    assertEquals(name, atProxy("Proxy-Authorization", basic(pair)));
    assertEquals("", atProxy("X-PROXY-AUTHORIZATION", basic(pair)));
  }

  @Test
  void aProxyTakesAKeyInAllOtherWaysAsWell() throws Exception {
    assertEquals("red", atProxy("Proxy-Authorization", "Bearer Old"));
    assertEquals("red", atProxy("X-PROXY-AUTHORIZATION", "Bearer New"));
    assertEquals("", atProxy("Proxy-Authorization", "Basic ***"));
    assertEquals("", atProxy("Authorization", "Bearer Old"));
    assertSame(CallerKeys.ANYBODY, keys("").admitToProxy(Headers.of("Proxy-Authorization", "x")));
  }

  @Test
  void moreThanOneFieldIsNobodyEvenIfAllAreRight() throws Exception {
    assertNull(who(two()));
    assertNull(
        who(two(), "Proxy-Authorization", "Bearer Old", "Proxy-Authorization", "Bearer Old"));
    assertNull(
        who(two(), "Proxy-Authorization", "Bearer Old", "X-PROXY-AUTHORIZATION", "Bearer Old"));
    assertNull(who(two(), "X-PROXY-AUTHORIZATION", "", "X-PROXY-AUTHORIZATION", "Bearer Old"));
  }

  @Test
  void oneNameMayHaveSeveralEntriesWithRulesOfTheirOwn() throws Exception {
    CallerKeys keys =
        keys("callers: [{name: a, key: one, whitelist: [{method: GET}]}, {name: a, key: two}]");
    CallerKeys.Identity one = keys.admit(Headers.of("Proxy-Authorization", basic("a:one")));
    CallerKeys.Identity two = keys.admit(Headers.of("Proxy-Authorization", "Bearer two"));
    assertEquals(1, one.rules().whitelist().size());
    assertTrue(two.rules().isEmpty());
  }

  @Test
  void keysMayStandInFilesOfTheirOwn(@TempDir Path dir) throws Exception {
    Files.writeString(dir.resolve("a.key"), "FromFile\n");
    Files.writeString(dir.resolve("b.key"), "FromOther");
    Path file = dir.resolve("s.cfg");
    Files.writeString(file, "callers: [{name: a, key: Here, keyfile: [a.key, b.key]}]");
    CallerKeys keys = KeyLists.callers(ConfigFile.read(file));
    for (String key : new String[] {"Here", "FromFile", "FromOther"})
      assertEquals("a", who(keys, "Proxy-Authorization", "Bearer " + key));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{name: a}]",
        "[{key: Hidden}]",
        "[{name: '', key: Hidden}]",
        "[{name: 'a:b', key: Hidden}]",
        "[{name: 'a b', key: Hidden}]",
        "[{name: a, key: ''}]",
        "[{name: a, key: 'Hidden Key'}]",
        "[{name: a, key: Hidden\u00e4}]",
        "[{name: a, key: {Hidden: 1}}]",
        "[{name: a, key: [Hidden, [Hidden]]}]",
        "[{name: a, key: Hidden}, {name: b, key: Hidden}]",
        "[{name: a, key: [Hidden, Hidden]}]",
        "[{name: a, keyfile: missing.key}]",
        "[{name: a, key: Hidden, rules: []}]",
        "[{name: a, key: Hidden, whitelist: x}]",
        "[Hidden]",
        "Hidden"
      })
  void whatIsWrongNamesTheEntryAndShowsNoKey(String list) {
    for (String key : new String[] {"callers", "clients"}) {
      ConfigException e =
          assertThrows(
              ConfigException.class,
              () -> ServerConfig.of(ConfigFile.parse("test.cfg", key + ": " + list)));
      String message = String.valueOf(e.getMessage());
      assertTrue(message.startsWith("test.cfg: " + key), message);
      assertFalse(message.contains("Hidden"), message);
    }
  }

  @Test
  void aKeyIsNotInWhatIsPrinted() throws Exception {
    ConfigFile file = ConfigFile.parse("test.cfg", TWO);
    var unused = KeyLists.callers(file);
    String printed = file.effective.print().toString();
    for (String key : new String[] {"Old", "New", "Blue"})
      assertFalse(printed.contains(key), printed);
    assertTrue(printed.contains("red"), printed);
    assertEquals(KeyDigest.of("a"), KeyDigest.of("a"));
    assertNotEquals(KeyDigest.of("a"), KeyDigest.of("b"));
    assertEquals("***", KeyDigest.of("a").toString());
  }
}
