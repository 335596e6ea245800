package wsp.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static wsp.config.GivenConfig.fails;
import static wsp.config.GivenConfig.of;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {
  private static final Duration MS = Duration.ofMillis(1);
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void withoutKeysThereAreDefaults() throws Exception {
    for (String yaml : List.of("", "\n", "# only a comment\n", "---\n", "~", "{}", "\ufeff")) {
      ConfigFile f = of(yaml);
      assertEquals("d", f.string("a", "d"));
      assertNull(f.text("a", "a text"));
      assertEquals(7, f.integer("a", 7, 0, 9));
      assertEquals(7, f.size("a", 7, 0, 9));
      assertEquals(MS, f.duration("a", MS, MS, HOUR));
      assertTrue(f.bool("a", true));
      assertEquals(List.of(), f.strings("a"));
      assertTrue(RuleLists.of(f).isEmpty());
      f.rejectUnknown();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: !)%e", "a: !%20 b", "a: !x%20 b", "a: *b", "a: !b%"})
  void aValueThatYamlTakesForATagOrAnAliasIsExpectedInQuotes(String yaml) {
    String line = assertThrows(ConfigException.class, () -> of(yaml)).getMessage();
    assertTrue(
        line.endsWith("a value that begins with '*', '&' or '!' is expected in quotes"), line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:", "a: ~", "a: null", "a:   # nothing"})
  void aKeyWithoutAValueHasItsDefault(String yaml) throws Exception {
    ConfigFile f = of(yaml);
    assertEquals("d", f.string("a", "d"));
    assertNull(f.text("a", "a text"));
    assertEquals(7, f.integer("a", 7, 0, 9));
    assertEquals(List.of(), f.strings("a"));
    assertTrue(f.bool("a", true));
    f.rejectUnknown();
  }

  @Test
  void keysAreTakenInAnyCase() throws Exception {
    ConfigFile f = of("secretKey: Mixed\nIDLETIMEOUT: 5\n");
    assertEquals("Mixed", f.string("secretkey", ""));
    assertEquals(5, f.integer("idleTimeout", 1, 0, 9));
    f.rejectUnknown();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "123,123",
        "007,007",
        "1_000,1_000",
        "0x1F,0x1F",
        "1.50,1.50",
        "yes,yes",
        "True,True",
        "2026-01-01,2026-01-01",
        "12:30:45,12:30:45",
        "'null',null",
        "\"a\\tb\",`a\tb`",
        "'',``",
        "plain text # comment,plain text",
        "!!str 5,5"
      })
  void aTextIsTakenAsItIsWritten(String yaml, String text) throws Exception {
    assertEquals(text, of("secretkey: " + yaml).string("secretkey", "d"));
    assertEquals(text, of("secretkey: " + yaml).text("secretkey", "a text"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[a]", "{a: b}", "!!binary aGk=", "!mine x"})
  void whatIsNoTextIsRefused(String yaml) {
    var e = assertThrows(ConfigException.class, () -> of("a: " + yaml).string("a", ""));
    assertTrue(e.getMessage().startsWith("f.cfg: a: a text is expected, not "), e.getMessage());
  }

  @Test
  void theWordsForTrueAndFalse() throws Exception {
    for (String yes : List.of("true", "True", "yes", "ON"))
      assertTrue(of("a: " + yes).bool("a", false));
    for (String no : List.of("false", "no", "Off")) assertFalse(of("a: " + no).bool("a", true));
    fails("f.cfg: a: true or false is expected, not '1'", () -> of("a: 1").bool("a", true));
    fails("f.cfg: a: true or false is expected, not a list", () -> of("a: []").bool("a", true));
  }

  @Test
  void listsOfTexts() throws Exception {
    assertEquals(List.of("x", "5"), of("a:\n - x\n - 5\n").strings("a"));
    assertEquals(List.of("x"), of("a: x").strings("a"));
    assertEquals(List.of(), of("a: []").strings("a"));
    assertEquals(List.of("x", "x"), of("a: [&x x, *x]").strings("a"));
    fails("f.cfg: a: a list of texts is expected, not a map", () -> of("a: {b: c}").strings("a"));
    fails("f.cfg: a: a list of texts is expected, not a list", () -> of("a: [[b]]").strings("a"));
    fails("f.cfg: a: a list of texts is expected, not nothing", () -> of("a: [b, ~]").strings("a"));
  }

  @Test
  void anUnknownKeyIsRefusedWithTheOneThatIsMeant() throws Exception {
    ConfigFile f = of("Timeuot: 5\n");
    f.integer("timeout", 1, 0, 9);
    fails(
        "f.cfg: Timeuot: a known key is expected, not this one; 'timeout' is probably meant",
        f::rejectUnknown);
    ConfigFile g = of("nosuchkey: 1\n");
    g.integer("timeout", 1, 0, 9);
    fails("f.cfg: nosuchkey: a known key is expected, not this one", g::rejectUnknown);
  }

  @Test
  void aRepeatedKeyIsRefusedEvenInAnotherCase() {
    fails(
        "f.cfg: timeout: one such key is expected, not a repeated one (line 2)",
        () -> of("timeout: 1\ntimeout: 2\n"));
    fails(
        "f.cfg: secretKey: one such key is expected, not a repeated one (line 3)",
        () -> of("secretkey: 1\nb: 2\nsecretKey: 3"));
  }

  @Test
  void whatIsNoMapOfKeysIsRefused() {
    fails("f.cfg: keys and values are expected, not a list", () -> of("- a"));
    fails("f.cfg: keys and values are expected, not a plain value", () -> of("secret"));
    fails("f.cfg: a text is expected as a key, not a list", () -> of("[a]: b"));
    fails("f.cfg: a text is expected as a key, not nothing", () -> of("~: b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\t{[",
        "a: b: c",
        "a: [",
        "a: 'x",
        "a\nb: c",
        "a: 1\n---\nb: 2",
        "a: @x",
        "a: \"\\q\"",
        "a: {b"
      })
  void brokenYamlIsOneLineWithItsNumber(String yaml) {
    var e = assertThrows(ConfigException.class, () -> of("x: 1\n" + yaml));
    assertTrue(e.getMessage().matches("f\\.cfg: line [2-5]: YAML is expected: .+"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: \0", "a: \u001b[31m", "a: \ud83d", "a: \u0080"})
  void charactersThatYamlForbidsAreRefused(String yaml) {
    var e = assertThrows(ConfigException.class, () -> of(yaml));
    assertTrue(e.getMessage().matches("f\\.cfg: the character U\\+[0-9A-F]{4} .*"), e.getMessage());
  }

  @Test
  void aSecretIsNeverShown() throws Exception {
    for (String yaml :
        List.of(
            "secretkey: *hunter2",
            "secretkey: !hunter2 x",
            "secretkey: !hunter2! x",
            "secretkey: &hunter2",
            "secretkey: [hunter2]",
            "secretkey: {hunter2: x}",
            "secretkey: \"hunter2",
            "secretkey: 'hunter2",
            "secretkey: hunter2: x",
            "secretkey: @hunter2",
            "secretkey: %hunter2",
            "secretkey: `hunter2",
            "secretkey: |hunter2",
            "secretkey: >hunter2",
            "secretkey: \"\\hunter2\"",
            "secretkey: {hunter2",
            "secretkey:\thunter2: x",
            "secretkey: x\nhunter2",
            "secretkey: !<hunter2 x",
            "secretkey: !!hunter2 x",
            "secretkey:hunter2",
            "secretkey:hunter2: x",
            "secretkey hunter2: x",
            "{secretkey:hunter2}",
            "{secretkey:hunter2, secretkey:hunter2}")) {
      try {
        ConfigFile f = of(yaml);
        f.string("secretkey", "");
        f.rejectUnknown();
      } catch (ConfigException e) {
        assertFalse(e.getMessage().contains("hunter2"), e.getMessage());
        assertEquals(1, e.getMessage().lines().count());
      }
    }
    fails(
        "f.cfg: secretkey: true or false is expected, not the value given (not shown)",
        () -> of("secretkey: hunter2").bool("secretkey", true));
  }

  @Test
  void bombsAreRefused() {
    StringBuilder laughs = new StringBuilder("a: &a0 [x]\n");
    for (int i = 1; i < 40; i++)
      laughs.append("a%d: &a%d [*a%d, *a%d]%n".formatted(i, i, i - 1, i - 1));
    assertThrows(ConfigException.class, () -> of(laughs.toString()));
    assertThrows(ConfigException.class, () -> of("a: " + "[".repeat(100_000)));
    assertThrows(ConfigException.class, () -> of("a: " + "{b: ".repeat(30) + "c" + "}".repeat(30)));
    assertThrows(ConfigException.class, () -> of("a: " + "x".repeat(2_000_000)));
    assertThrows(ConfigException.class, () -> RuleLists.of(of("blacklist: &a [*a]")));
    assertThrows(ConfigException.class, () -> of("a: &a [*a]").strings("a"));
  }

  @Test
  void aValueThatIsShownIsShortAndOnOneLine() {
    var e =
        assertThrows(
            ConfigException.class,
            () -> of("a: \"x\\n\\e[31m\\u2028" + "y".repeat(500) + "\"").integer("a", 0, 0, 1));
    assertTrue(e.getMessage().length() < 150, e.getMessage());
    assertTrue(e.getMessage().chars().noneMatch(c -> c < ' ' || c == 0x2028), e.getMessage());
  }

  @Test
  void filesAreReadAsUtf8(@TempDir Path dir) throws Exception {
    Path file = dir.resolve("a.cfg");
    Files.writeString(file, "\ufeffid: é😀\n");
    assertEquals("é😀", ConfigFile.read(file).string("id", ""));
    Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xe9});
    fails(file + ": the file is not valid UTF-8", () -> ConfigFile.read(file));
    Files.write(file, new byte[0]);
    assertEquals("d", ConfigFile.read(file).string("id", "d"));
  }

  @Test
  void filesThatCannotBeReadAreNamed(@TempDir Path dir) throws Exception {
    Path missing = dir.resolve("missing.cfg");
    fails(missing + ": there is no such file", () -> ConfigFile.read(missing));
    fails(dir + ": a file is expected, not a directory", () -> ConfigFile.read(dir));
    Path huge = dir.resolve("huge.cfg");
    Files.writeString(huge, "#".repeat((1 << 20) + 1));
    fails(huge + ": at most 1048576 bytes are expected", () -> ConfigFile.read(huge));
    Path below = huge.resolve("x");
    var e = assertThrows(ConfigException.class, () -> ConfigFile.read(below));
    assertTrue(e.getMessage().startsWith(below + ": "), e.getMessage());
  }
}
