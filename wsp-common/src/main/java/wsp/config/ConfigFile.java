package wsp.config;

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
import wsp.files.FileSource;
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
  private final Set<String> known = new LinkedHashSet<>();

  /** What was read. */
  public final Effective effective = new Effective();

  /** What was noted of this file and its sections. */
  final FileNotes notes;

  private ConfigFile(String name, Map<String, YamlTree.Entry> entries, FileNotes notes) {
    this.name = name;
    this.entries = entries;
    this.notes = notes;
  }

  /**
   * Reads a file, for this process's environment; an empty one has no keys. It may be a pipe, as
   * keepers of secrets make them, if something is written to it within some seconds.
   */
  public static ConfigFile read(Path file) throws ConfigException {
    return read(file, FileSource.atStart());
  }

  /** Reads a file from a source that has those that it names, too. */
  static ConfigFile read(Path file, FileSource source) throws ConfigException {
    String name = file.toString();
    Map<String, YamlTree.Entry> entries = YamlTree.read(name, ConfigText.of(source, file));
    return new ConfigFile(name, entries, new FileNotes(name, System.getenv(), source));
  }

  /** Reads a text, for an empty environment. */
  public static ConfigFile parse(String name, String yaml) throws ConfigException {
    return parse(name, yaml, Map.of());
  }

  /** Reads a text; the name stands for the file in errors. */
  public static ConfigFile parse(String name, String yaml, Map<String, String> environment)
      throws ConfigException {
    FileNotes notes = new FileNotes(name, environment, FileSource.atStart());
    return new ConfigFile(name, YamlTree.read(name, yaml), notes);
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Where a key stands, for errors: {@code <file>: <key>}. */
  public String where(String key) {
    return name + ": " + Ascii.lower(key);
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
    return effective.note(key, text == null ? defaultValue : text);
  }

  /** A variable of the environment, or null if it is not set or empty. */
  public @Nullable String environment(String variable) {
    return notes.variable(variable);
  }

  /** A file, relative to the directory of this one, or null where there is none. Not read. */
  public @Nullable Path path(String key) throws ConfigException {
    String text = text(key, "a file");
    Path path = text == null || text.isEmpty() ? null : resolve(key, text);
    effective.note(key, path == null ? "" : path.toString());
    return path;
  }

  /** A file that a key names, relative to the directory of this one. */
  Path resolve(String key, String text) throws ConfigException {
    Path path = ConfigText.beside(name, text);
    if (path == null) throw unexpected(key, ConfigText.nameable(text));
    return path;
  }

  /** What has the files that it names, and has it itself. */
  public FileSource source() {
    return notes.source;
  }

  /** Where all secrets come from that were asked for until now; empty ones are none. */
  public List<SecretPlace> secrets() {
    return List.copyOf(notes.secrets);
  }

  public int integer(String key, int defaultValue, int min, int max) throws ConfigException {
    return effective.note(key, read(key, Units.numbers(min, max), (long) defaultValue).intValue());
  }

  /** A number of bytes: {@code 65536}, {@code 64k}, {@code 1m}. */
  public int size(String key, int defaultBytes, int min, int max) throws ConfigException {
    return effective.note(key, read(key, Units.sizes(min, max), (long) defaultBytes).intValue());
  }

  /** A duration: a whole number of milliseconds, or {@code 500ms}, {@code 10s}, {@code 1h}. */
  public Duration duration(String key, Duration defaultValue, Duration min, Duration max)
      throws ConfigException {
    long millis = read(key, Units.durations(min, max), defaultValue.toMillis());
    return Duration.ofMillis(effective.note(key, millis));
  }

  public Duration seconds(String key, int defaultSeconds) throws ConfigException {
    return duration(
        key, Duration.ofSeconds(defaultSeconds), Duration.ofMillis(100), Duration.ofDays(1));
  }

  private <T> T read(String key, Notation<T> form, T defaultValue) throws ConfigException {
    String text = text(key, form.expected());
    if (text == null) return defaultValue;
    T value = form.reader().apply(text);
    if (value == null) throw unexpected(key, form.expected());
    return value;
  }

  public boolean bool(String key, boolean defaultValue) throws ConfigException {
    return effective.note(key, read(key, Notation.BOOLEAN, defaultValue));
  }

  /** One of the constants of an enum, in lower case or any other. */
  public <E extends Enum<E>> E choice(String key, E defaultValue) throws ConfigException {
    E value = read(key, Notation.constants(defaultValue.getDeclaringClass()), defaultValue);
    effective.note(key, Ascii.lower(value.name()));
    return value;
  }

  /** A list of texts, empty where there is none; a single text is a list of one. */
  public List<String> strings(String key) throws ConfigException {
    List<String> texts = new ArrayList<>();
    for (Node item : items(key)) {
      String text = YamlTree.text(item);
      if (text == null) throw wrong(key, "a list of texts", YamlTree.shown(key, item));
      texts.add(text);
    }
    return effective.note(key, List.copyOf(texts));
  }

  /**
   * A list of maps, each read like a file of its own, whose name in errors says where it stands; a
   * single map is a list of one. {@link #rejectUnknown} is to be called for each.
   */
  public List<ConfigFile> sections(String key) throws ConfigException {
    List<ConfigFile> sections = new ArrayList<>();
    for (Node item : items(key))
      sections.add(section(where(key) + "[" + sections.size() + "]", key, "a list of maps", item));
    effective.note(key, sections.stream().map(s -> s.effective.values).toList());
    return sections;
  }

  /** A map, read like one of {@link #sections}, or null where there is none. */
  public @Nullable ConfigFile section(String key) throws ConfigException {
    Node node = value(key);
    ConfigFile section = node == null ? null : section(where(key), key, "a map", node);
    effective.note(key, section == null ? Map.of() : section.effective.values);
    return section;
  }

  private ConfigFile section(String where, String key, String expected, Node node)
      throws ConfigException {
    // The text that stands there instead may well be a secret.
    if (!(node instanceof MappingNode map)) throw wrong(key, expected, YamlTree.kind(node));
    return new ConfigFile(where, YamlTree.entries(where, map), notes);
  }

  /** Refuses a key that has not been asked for; to be called last. */
  public void rejectUnknown() throws ConfigException {
    for (Map.Entry<String, YamlTree.Entry> entry : entries.entrySet()) {
      if (known.contains(entry.getKey())) continue;
      String hint = Spelling.hint(entry.getKey(), known);
      String key = Shown.key(entry.getValue().spelling());
      throw new ConfigException(
          name + ": " + key + ": a known key is expected, not this one" + hint);
    }
  }

  /** A value of any kind, or null where there is none. */
  @Nullable Node value(String key) {
    String lower = Ascii.lower(key);
    known.add(lower);
    YamlTree.Entry entry = entries.get(lower);
    return entry == null || YamlTree.isNull(entry.value()) ? null : entry.value();
  }

  /** A value that is a list, or null where there is none. */
  @Nullable Node list(String key) {
    Node node = value(key);
    if (node == null && mentions(key)) notes.blank(where(key));
    return node;
  }

  private List<Node> items(String key) {
    Node node = list(key);
    return node == null ? List.of() : YamlTree.items(node);
  }

  /** A text, or null where there is none. */
  @Nullable String text(String key, String expected) throws ConfigException {
    Node node = value(key);
    String text = node == null ? null : YamlTree.text(node);
    if (node != null && text == null) throw unexpected(key, expected);
    return text;
  }

  /** That a value, or that there is none, is not what was expected; masked if it is a secret. */
  public ConfigException unexpected(String key, String expected) {
    Node node = value(key);
    return node == null
        ? new ConfigException(where(key) + ": " + expected + " is expected")
        : wrong(key, expected, YamlTree.shown(key, node));
  }

  private ConfigException wrong(String key, String expected, String found) {
    return new ConfigException(where(key) + ": " + expected + " is expected, not " + found);
  }
}
