package wsp.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {
  private static ConfigFile config(Path dir, String yaml, Map<String, String> environment)
      throws Exception {
    return ConfigFile.parse(dir.resolve("test.cfg").toString(), yaml, environment);
  }

  private static String text(String escaped) {
    return escaped.translateEscapes().replace("BOM", "\ufeff");
  }

  @ParameterizedTest
  @CsvSource({
    "'hush\\n', not a line break at the end",
    "'hush\\r\\n', not a line break at the end",
    "'hush\\nhush', not a second line",
    "BOMhush, not a byte order mark (U+FEFF) before them",
    "' hush', printable ASCII characters without spaces around them are expected",
    "'hu\\tsh', printable ASCII characters without spaces around them are expected",
    "h\u00fcsh, printable ASCII characters without spaces around them are expected"
  })
  void anUnusableVariableIsNamedAndNotShown(String secret, String problem, @TempDir Path dir)
      throws Exception {
    ConfigFile config = config(dir, "secretkey: other", Map.of("WSP_SECRETKEY", text(secret)));
    String error = error(() -> Secrets.key(config, "secretkey"));
    assertTrue(error.startsWith("environment: WSP_SECRETKEY: printable ASCII"), error);
    assertTrue(error.endsWith(problem), error);
    assertFalse(error.contains("hush") || error.contains("test.cfg"), error);
  }

  @ParameterizedTest
  @CsvSource({
    "'hush\\n\\n', not a line break at the end",
    "'hush\\nhush\\n', not a second line",
    "BOMhush, not a byte order mark (U+FEFF) before them"
  })
  void anUnusableFileIsNamedAndNotShown(String secret, String problem, @TempDir Path dir)
      throws Exception {
    Path file = Files.writeString(dir.resolve("s"), text(secret));
    ConfigFile config = config(dir, "secretkeyfile: s", Map.of());
    String error = error(() -> Secrets.key(config, "secretkey"));
    assertTrue(error.contains("test.cfg: secretkeyfile: " + file + ": "), error);
    assertTrue(error.endsWith(problem), error);
    assertFalse(error.contains("hush"), error);
    ConfigFile several = config(dir, "keyfile: s", Map.of());
    assertTrue(error(() -> Secrets.keys(several, "key", "V")).contains(file + ": "));
  }

  @Test
  void ofSeveralKeysTheVariableIsNamedToo(@TempDir Path dir) throws Exception {
    ConfigFile config = config(dir, "key: [a, b]", Map.of("V", " one\ttwo\n"));
    assertEquals(List.of("a", "b"), Secrets.keys(config, "key", "W"));
    assertEquals(List.of("one", "two"), Secrets.keys(config, "key", "V"));
    ConfigFile wrong = config(dir, "", Map.of("V", "one tw\u00f6"));
    assertEquals(
        "environment: V: printable ASCII without spaces is expected",
        error(() -> Secrets.keys(wrong, "key", "V")));
  }

  @Test
  void aTextThatLooksLikeAVariableIsWarnedOf() {
    assertNotNull(Secrets.warning("secretkey", "${WSP_SECRET}"));
    assertNull(Secrets.warning("secretkey", "a$b{c}"));
    assertNull(Secrets.warning("secretkey", ""));
  }

  private static String error(org.junit.jupiter.api.function.Executable read) {
    return String.valueOf(assertThrows(ConfigException.class, read).getMessage());
  }

  @Test
  void aSecretMayBeInAFileOfItsOwnWhichTheLineBreakAtItsEndIsNotPartOf(@TempDir Path dir)
      throws Exception {
    for (String end : List.of("", "\n", "\r\n")) {
      Files.writeString(dir.resolve("s"), " hush " + end);
      ConfigFile file = config(dir, "secretkeyfile: s", Map.of());
      assertEquals(" hush ", Secrets.text(file, "secretkey"));
      file.rejectUnknown();
    }
    Files.writeString(dir.resolve("s"), "a\n\n");
    assertEquals("a\n", Secrets.text(config(dir, "secretkeyfile: s", Map.of()), "secretkey"));
  }

  @Test
  void theEnvironmentGoesBeforeTheFileAndTheFileBeforeTheDefault(@TempDir Path dir)
      throws Exception {
    Files.writeString(dir.resolve("s"), "of the file");
    Map<String, String> set = Map.of("WSP_SECRETKEY", "of the environment");
    for (String yaml : List.of("", "secretkey: x", "secretkeyfile: s", "secretkeyfile: none"))
      assertEquals("of the environment", Secrets.text(config(dir, yaml, set), "secretkey"));
    Map<String, String> empty = Map.of("WSP_SECRETKEY", "");
    assertEquals("of the file", Secrets.text(config(dir, "secretkeyfile: s", empty), "secretkey"));
    assertEquals("x", Secrets.text(config(dir, "secretkey: x", empty), "secretkey"));
    assertEquals("", Secrets.text(config(dir, "", empty), "secretkey"));
  }

  @Test
  void aSecretIsGivenOnce(@TempDir Path dir) throws Exception {
    ConfigFile file = config(dir, "secretkey: hush\nsecretkeyfile: hush", Map.of());
    String error = error(() -> Secrets.text(file, "secretkey"));
    assertTrue(
        error.endsWith("test.cfg: secretkeyfile: either this or secretkey is expected, not both"),
        error);
  }

  @Test
  void anEmptySecretKeyStandsForNoneAndAnEmptySecretFileForAMistake(@TempDir Path dir)
      throws Exception {
    Files.writeString(dir.resolve("s"), "x");
    String both = "secretkey: ''\nsecretkeyfile: s";
    assertEquals("x", Secrets.text(config(dir, both, Map.of()), "secretkey"));
    Files.writeString(dir.resolve("s"), "\n");
    String error = error(() -> Secrets.text(config(dir, both, Map.of()), "secretkey"));
    assertTrue(error.endsWith("a secret is expected, not nothing"), error);
  }

  @Test
  void aSecretFileThatCannotBeReadIsNamed(@TempDir Path dir) throws Exception {
    ConfigFile file = config(dir, "secretkeyfile: none", Map.of());
    String error = error(() -> Secrets.text(file, "secretkey"));
    assertTrue(error.endsWith("none: there is no such file"), error);
    assertTrue(error.contains("test.cfg: secretkeyfile: "), error);
  }
}
