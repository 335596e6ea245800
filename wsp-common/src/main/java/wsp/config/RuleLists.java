package wsp.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;
import wsp.envelope.FieldSyntax;
import wsp.rules.AccessRules;
import wsp.rules.Rule;

/** Lists of rules, each a map of {@code method}, {@code url} and {@code headers}. */
public final class RuleLists {
  private static final Set<String> PARTS = Set.of("method", "url", "headers");

  private RuleLists() {}

  /** The rules under {@code blacklist} and {@code whitelist}. */
  public static AccessRules of(ConfigFile file) throws ConfigException {
    return AccessRules.of(read(file, "Blacklist"), read(file, "Whitelist"));
  }

  private static List<Rule> read(ConfigFile file, String list) throws ConfigException {
    String where = file.where(list);
    Node node = file.list(list);
    List<Rule> rules = new ArrayList<>();
    if (node instanceof SequenceNode sequence)
      for (Node item : sequence.getValue())
        rules.add(rule(file.notes, where + "[" + rules.size() + "]", item));
    else if (node != null) throw wrong(where, "a list of rules", node);
    file.effective.note(list, rules.stream().map(Rule::describe).toList());
    return rules;
  }

  private static Rule rule(FileNotes notes, String where, Node node) throws ConfigException {
    if (!(node instanceof MappingNode map))
      throw wrong(where, "a map of method, url and headers", node);
    Map<String, YamlTree.Entry> parts = YamlTree.entries(where, map);
    for (Map.Entry<String, YamlTree.Entry> part : parts.entrySet()) {
      if (!PARTS.contains(part.getKey())) {
        String key = Shown.key(part.getValue().spelling());
        throw new ConfigException(where + ": " + key + ": method, url or headers is expected");
      }
      if (YamlTree.isNull(part.getValue().value())) notes.blank(where + ": " + part.getKey());
    }
    String method = pattern(where, parts.get("method"));
    String url = pattern(where, parts.get("url"));
    Map<String, String> headers = headers(where, parts.get("headers"));
    if (method == null && url == null && headers.isEmpty())
      throw new ConfigException(where + ": at least one of method, url and headers is expected");
    try {
      return Rule.of(method, url, headers);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(where + ": " + e.getMessage());
    }
  }

  /** A pattern; an empty one is none, as in the original. */
  private static @Nullable String pattern(String where, YamlTree.@Nullable Entry entry)
      throws ConfigException {
    if (entry == null || YamlTree.isNull(entry.value())) return null;
    String text = YamlTree.text(entry.value());
    if (text == null) throw wrong(where + ": " + entry.spelling(), "a pattern", entry.value());
    return text.isEmpty() ? null : text;
  }

  private static Map<String, String> headers(String where, YamlTree.@Nullable Entry entry)
      throws ConfigException {
    if (entry == null || YamlTree.isNull(entry.value())) return Map.of();
    String here = where + ": " + entry.spelling();
    if (!(entry.value() instanceof MappingNode map))
      throw wrong(here, "a map of names and patterns", entry.value());
    Map<String, String> headers = new LinkedHashMap<>();
    for (YamlTree.Entry header : YamlTree.entries(here, map).values()) {
      String name = header.spelling();
      if (!FieldSyntax.isToken(name))
        throw new ConfigException(
            here + ": the name of a header is expected, not '" + Shown.key(name) + "'");
      String text = YamlTree.text(header.value());
      if (text == null) throw wrong(here + ": " + name, "a pattern", header.value());
      headers.put(name, text);
    }
    return headers;
  }

  private static ConfigException wrong(String where, String expected, Node node) {
    String found = YamlTree.shown("", node);
    return new ConfigException(where + ": " + expected + " is expected, not " + found);
  }
}
