package wsp.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.config.SecretPlace.Form;

class KeyAdviceTest {
  @ParameterizedTest
  @CsvSource({
    "x, SHORT",
    "fifteen-letters, SHORT",
    "sixteen-letters!, SOUND",
    "0123456789abcdef0123456789abcdef, SOUND",
    "${WSP_SECRET}, VARIABLE",
    "${WSP_SECRET:-of some length}, VARIABLE",
    "$WSP_SECRET, VARIABLE",
    "$(cat /run/secrets/wsp), VARIABLE",
    "{{ wsp_secret_key }}, VARIABLE",
    "%WSP_SECRET%, VARIABLE",
    "$2y$10$abcdefghijklmnop, SOUND",
    "sixteen-letters{}, SOUND",
    "100%-percent-sound%, SOUND"
  })
  void aKeyHasOneForm(String key, Form form) {
    assertEquals(form, KeyAdvice.form(key));
  }

  private static List<String> advice(ConfigFile file) throws ConfigException {
    var secret = Secrets.key(file, "secretkey");
    for (ConfigFile section : file.sections("callers")) {
      var keys = Secrets.keys(section, "key", "WSP_CALLER_A");
      assertFalse(keys.isEmpty() && secret.isEmpty());
    }
    return KeyAdvice.of(file.secrets());
  }

  @Test
  void eachPlaceOfAShortKeyIsNamedOnceAndNoKeyShown(@TempDir Path dir) throws Exception {
    Path own = Files.writeString(dir.resolve("own.key"), "hush3\n");
    String name = dir.resolve("test.cfg").toString();
    String yaml =
        """
        secretkey : hush1
        callers :
          - key : [hush2, hush4]
            keyfile : own.key
          - key : ${CALLER_HUSH}
          - key : a-key-that-nobody-guesses
        """;
    List<String> lines = advice(ConfigFile.parse(name, yaml));
    assertEquals(4, lines.size(), lines::toString);
    assertTrue(lines.get(0).startsWith(name + ": secretkey: a key of fewer than 16 characters"));
    assertTrue(lines.get(1).startsWith(name + ": callers[0]: key: a key of fewer than 16"));
    assertTrue(lines.get(2).startsWith(name + ": callers[0]: keyfile: " + own + ": a key of"));
    assertTrue(lines.get(3).startsWith(name + ": callers[1]: key: the key is taken as it stands"));
    assertFalse(lines.toString().contains("hush") || lines.toString().contains("HUSH"));
  }

  @Test
  void aShortKeyOfTheEnvironmentIsTheVariables() throws Exception {
    String yaml = "secretkey: a-key-that-nobody-guesses";
    ConfigFile file = ConfigFile.parse("test.cfg", yaml, Map.of("WSP_SECRETKEY", "hush"));
    List<String> lines = advice(file);
    assertEquals(1, lines.size(), lines::toString);
    assertTrue(lines.get(0).startsWith("environment: WSP_SECRETKEY: a key of fewer"), lines.get(0));
  }

  @Test
  void noKeyIsNoBadKey() throws Exception {
    assertEquals(List.of(), advice(ConfigFile.parse("test.cfg", "secretkey: ''")));
    String sound = "secretkey: a-key-that-nobody-guesses";
    assertEquals(List.of(), advice(ConfigFile.parse("test.cfg", sound)));
  }
}
