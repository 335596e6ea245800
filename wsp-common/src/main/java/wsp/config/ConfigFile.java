package wsp.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;
import wsp.files.FileSource;
import wsp.rules.AccessRules;
import wsp.text.Ascii;

/**
 * A configuration file, read strictly: each key is asked for with its type, default and limits, and
 * what was never asked for is an error. Keys are taken in any case; one without a value has its
 * default. Values are the text that stands in the file, so that a secret of digits stays as it is.
 * Every error names file and key. Not for several threads.
 */
public final class ConfigFile {
  private final String name;
  private final Map<String, YamlTree.Entry> entries;
  private final Map<String, String> environment;
  private final Set<String> known = new LinkedHashSet<>();
  private final FileSource source;

  /** Those of the sections, too. */
  private final List<SecretPlace> secrets;

  private ConfigFile(
      String name,
      Map<String, YamlTree.Entry> entries,
      Map<String, String> environment,
      FileSource source,
      List<SecretPlace> secrets) {
    this.source = source;
    this.secrets = secrets;
    this.name = name;
    this.entries = entries;
    this.environment = environment;
  }

  /**
   * Reads a file, for this process's environment; an empty one has no keys. It may be a pipe, as
   * keepers of secrets make them, if something is written to it within some seconds.
   */
  public static ConfigFile read(Path file) throws ConfigException {
    return read(file, FileSource.atStart());
  }

  /**
   * Reads a file, for this process's environment.
   *
   * @param source has this file and those that it names
   */
  static ConfigFile read(Path file, FileSource source) throws ConfigException {
    String name = file.toString();
    return new ConfigFile(
        name,
        YamlTree.read(name, ConfigText.of(source, file)),
        System.getenv(),
        source,
        new ArrayList<>());
  }

  /** Reads a text, for an empty environment; the name stands for the file in errors. */
  public static ConfigFile parse(String name, String yaml) throws ConfigException {
    return parse(name, yaml, Map.of());
  }

  /** Reads a text; the name stands for the file in errors. */
  public static ConfigFile parse(String name, String yaml, Map<String, String> environment)
      throws ConfigException {
    return new ConfigFile(
        name, YamlTree.read(name, yaml), environment, FileSource.atStart(), new ArrayList<>());
  }

  /** True if there are no keys at all. */
  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Where a key stands, for errors: {@code <file>: <key>}. */
  public String where(String key) {
    return name + ": " + key;
  }

  /** True if there is a value, be it an empty list. */
  public boolean has(String key) {
    return value(key) != null;
  }

  /** True if a key stands there, be it without a value. */
  public boolean mentions(String key) {
    return entries.containsKey(Ascii.lower(key));
  }

  /** A text; a number or a boolean is taken as it is written. */
  public String string(String key, String defaultValue) throws ConfigException {
    String text = text(key, "a text");
    return text == null ? defaultValue : text;
  }

  /** A text, or null where there is none. */
  public @Nullable String optionalString(String key) throws ConfigException {
    return text(key, "a text");
  }

  /** A variable of the environment, or null if it is not set or empty. */
  public @Nullable String environment(String variable) {
    String value = environment.get(variable);
    return value == null || value.isEmpty() ? null : value;
  }

  /** A file, relative to the directory of this one, or null where there is none. Not read. */
  public @Nullable Path path(String key) throws ConfigException {
    String text = text(key, "a file");
    return text == null || text.isEmpty() ? null : resolve(key, text);
  }

  /** A file that a key names, relative to the directory of this one. */
  Path resolve(String key, String text) throws ConfigException {
    try {
      return Path.of(name).toAbsolutePath().resolveSibling(text);
    } catch (InvalidPathException e) {
      throw unexpected(key, "a file");
    }
  }

  /** The content of a file that a key names. */
  String content(String key, Path file) throws ConfigException {
    try {
      return ConfigText.of(source, file);
    } catch (ConfigException e) {
      throw e.at(where(key));
    }
  }

  /** Remembers where a secret was found. */
  void note(SecretPlace secret) {
    secrets.add(secret);
  }

  /** Where all secrets come from that were asked for until now; empty ones are none. */
  public List<SecretPlace> secrets() {
    return List.copyOf(secrets);
  }

  /** A whole number between limits, both included. */
  public int integer(String key, int defaultValue, int min, int max) throws ConfigException {
    String expected = "a whole number from " + min + " to " + max;
    String text = text(key, expected);
    return text == null ? defaultValue : (int) within(key, expected, Units.number(text), min, max);
  }

  /** A number of bytes: {@code 65536}, {@code 64k}, {@code 1m}. */
  public int size(String key, int defaultBytes, int min, int max) throws ConfigException {
    String expected = "a size from " + min + " to " + max + " bytes, such as 4096, 64k or 1m";
    String text = text(key, expected);
    return text == null ? defaultBytes : (int) within(key, expected, Units.bytes(text), min, max);
  }

  /** A duration: a whole number of milliseconds, or {@code 500ms}, {@code 10s}, {@code 1h}. */
  public Duration duration(String key, Duration defaultValue, Duration min, Duration max)
      throws ConfigException {
    String expected =
        "a duration from "
            + Units.show(min)
            + " to "
            + Units.show(max)
            + ", such as 500 (milliseconds), 10s or 2m";
    String text = text(key, expected);
    if (text == null) return defaultValue;
    Long millis = Units.millis(text);
    return Duration.ofMillis(within(key, expected, millis, min.toMillis(), max.toMillis()));
  }

  private long within(String key, String expected, @Nullable Long value, long min, long max)
      throws ConfigException {
    if (value == null || value < min || value > max) throw unexpected(key, expected);
    return value;
  }

  /** {@code true} or {@code false}. */
  public boolean bool(String key, boolean defaultValue) throws ConfigException {
    String text = text(key, "true or false");
    if (text == null) return defaultValue;
    return switch (Ascii.lower(text)) {
      case "true", "yes", "on" -> true;
      case "false", "no", "off" -> false;
      default -> throw unexpected(key, "true or false");
    };
  }

  /** One of the constants of an enum, in lower case or any other. */
  public <E extends Enum<E>> E choice(String key, E defaultValue) throws ConfigException {
    List<String> words = new ArrayList<>();
    for (E constant : defaultValue.getDeclaringClass().getEnumConstants())
      words.add(Ascii.lower(constant.name()));
    String expected = String.join(", ", words).replaceFirst(", ([^,]*)$", " or $1");
    String text = text(key, expected);
    if (text == null) return defaultValue;
    int found = words.indexOf(Ascii.lower(text));
    if (found < 0) throw unexpected(key, expected);
    return defaultValue.getDeclaringClass().getEnumConstants()[found];
  }

  /** A list of texts, empty where there is none; a single text is a list of one. */
  public List<String> strings(String key) throws ConfigException {
    Node node = value(key);
    if (node == null) return List.of();
    List<Node> items = node instanceof SequenceNode list ? list.getValue() : List.of(node);
    List<String> texts = new ArrayList<>();
    for (Node item : items) {
      String text = YamlTree.text(item);
      if (text == null) throw wrong(key, "a list of texts", item);
      texts.add(text);
    }
    return List.copyOf(texts);
  }

  /** The rules under {@code blacklist} and {@code whitelist}. */
  public AccessRules rules() throws ConfigException {
    return AccessRules.of(
        RuleLists.read(name, "blacklist", value("blacklist")),
        RuleLists.read(name, "whitelist", value("whitelist")));
  }

  /**
   * A list of maps, each read like a file of its own, whose name in errors says where it stands; a
   * single map is a list of one. The environment has no say in them. {@link #rejectUnknown} is to
   * be called for each.
   */
  public List<ConfigFile> sections(String key) throws ConfigException {
    Node node = value(key);
    if (node == null) return List.of();
    List<Node> items = node instanceof SequenceNode list ? list.getValue() : List.of(node);
    List<ConfigFile> sections = new ArrayList<>();
    for (Node item : items) {
      // The text that stands there instead may well be a secret.
      if (!(item instanceof MappingNode map))
        throw new ConfigException(
            where(key) + ": a list of maps is expected, not " + YamlTree.kind(item));
      String where = name + ": " + key + "[" + sections.size() + "]";
      sections.add(
          new ConfigFile(where, YamlTree.entries(where, map), environment, source, secrets));
    }
    return sections;
  }

  /** A map, read like one of {@link #sections}, or null where there is none. */
  public @Nullable ConfigFile section(String key) throws ConfigException {
    Node node = value(key);
    if (node == null) return null;
    if (!(node instanceof MappingNode map))
      throw new ConfigException(where(key) + ": a map is expected, not " + YamlTree.kind(node));
    return new ConfigFile(where(key), YamlTree.entries(where(key), map), Map.of(), source, secrets);
  }

  /** Refuses a key that has not been asked for; to be called last. */
  public void rejectUnknown() throws ConfigException {
    for (Map.Entry<String, YamlTree.Entry> entry : entries.entrySet()) {
      if (known.contains(entry.getKey())) continue;
      String meant = Spelling.closest(entry.getKey(), known);
      throw new ConfigException(
          name
              + ": "
              + Shown.key(entry.getValue().spelling())
              + ": a known key is expected, not this one"
              + (meant == null ? "" : "; '" + meant + "' is probably meant"));
    }
  }

  private @Nullable Node value(String key) {
    String lower = Ascii.lower(key);
    known.add(lower);
    YamlTree.Entry entry = entries.get(lower);
    return entry == null || YamlTree.isNull(entry.value()) ? null : entry.value();
  }

  private @Nullable String text(String key, String expected) throws ConfigException {
    Node node = value(key);
    if (node == null) return null;
    String text = YamlTree.text(node);
    if (text == null) throw wrong(key, expected, node);
    return text;
  }

  /**
   * That the value of a key, or its absence, is not what was expected; masked if it is a secret.
   */
  public ConfigException unexpected(String key, String expected) {
    Node node = value(key);
    return node == null
        ? new ConfigException(name + ": " + key + ": " + expected + " is expected")
        : wrong(key, expected, node);
  }

  private ConfigException wrong(String key, String expected, Node found) {
    String text = YamlTree.text(found);
    String what = text == null ? YamlTree.kind(found) : Shown.value(key, text);
    return new ConfigException(name + ": " + key + ": " + expected + " is expected, not " + what);
  }
}
