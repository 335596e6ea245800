package wsp.config;

import java.io.StringReader;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;
import wsp.text.Ascii;

/**
 * YAML as a tree of nodes. No values are constructed: what YAML would turn {@code 007} or {@code
 * yes} into is none of a secret's business.
 */
final class YamlTree {
  private static final int MAX_CHARACTERS = 1 << 20;
  private static final int MAX_DEPTH = 20;
  private static final int MAX_ALIASES = 20;

  private static final String QUOTES_EXPECTED =
      "a value that begins with '*', '&' or '!' is expected in quotes";

  /** A key as it is spelled in the file, and its value. */
  record Entry(String spelling, Node value) {}

  private YamlTree() {}

  static Map<String, Entry> read(String file, String yaml) throws ConfigException {
    Node root;
    try {
      // A byte order mark is legal at the start and of no interest.
      root =
          parser().compose(new StringReader(yaml.startsWith("\ufeff") ? yaml.substring(1) : yaml));
    } catch (MarkedYAMLException e) {
      throw new ConfigException(file + ": " + position(e) + problem(e));
    } catch (ReaderException e) {
      throw new ConfigException(
          file + ": the character U+%04X is not allowed in YAML".formatted(e.getCodePoint()));
    } catch (YAMLException e) {
      throw new ConfigException(file + ": YAML is expected: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      // A tag that is none, once its escapes are decoded.
      throw new ConfigException(file + ": " + QUOTES_EXPECTED);
    }
    if (root == null || isNull(root)) return Map.of();
    if (!(root instanceof MappingNode map))
      throw new ConfigException(file + ": keys and values are expected, not " + kind(root));
    return entries(file, map);
  }

  private static Yaml parser() {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setAllowRecursiveKeys(false);
    options.setMaxAliasesForCollections(MAX_ALIASES);
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setCodePointLimit(MAX_CHARACTERS);
    return new Yaml(new SafeConstructor(options));
  }

  private static String position(MarkedYAMLException e) {
    return e.getProblemMark() == null ? "" : "line " + (e.getProblemMark().getLine() + 1) + ": ";
  }

  /** The parser's words, apart from those that quote what may be a secret without its quotes. */
  private static String problem(MarkedYAMLException e) {
    String problem = e.getProblem();
    if (problem == null) return "YAML is expected";
    if (Stream.of("alias", "anchor", "tag", "URI").anyMatch(problem::contains))
      return QUOTES_EXPECTED;
    return "YAML is expected: " + problem;
  }

  /**
   * The entries of a map by key in lower case; a key comes once, and spelling does not count. Those
   * of the maps that {@code <<} names are among them, unless the map has the key itself.
   */
  static Map<String, Entry> entries(String where, MappingNode map) throws ConfigException {
    return entries(where, map, new HashSet<>());
  }

  /**
   * @param within the maps that this one is being merged into: one of them again would have no end
   */
  private static Map<String, Entry> entries(String where, MappingNode map, Set<Node> within)
      throws ConfigException {
    if (!within.add(map)) throw new ConfigException(where + ": <<: the map is a part of itself");
    Map<String, Entry> entries = own(where, map);
    for (NodeTuple tuple : map.getValue()) {
      if (!isMerge(tuple)) continue;
      for (Node each : items(tuple.getValueNode())) {
        if (!(each instanceof MappingNode other))
          throw new ConfigException(
              where + ": <<: a map, or a list of maps, is expected, not " + kind(each));
        entries(where, other, within).forEach(entries::putIfAbsent);
      }
    }
    within.remove(map);
    return entries;
  }

  private static boolean isMerge(NodeTuple tuple) {
    return tuple.getKeyNode().getTag().equals(Tag.MERGE);
  }

  private static Map<String, Entry> own(String where, MappingNode map) throws ConfigException {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : map.getValue()) {
      if (isMerge(tuple)) continue;
      String key = text(tuple.getKeyNode());
      if (key == null) {
        String kind = kind(tuple.getKeyNode());
        throw new ConfigException(where + ": a text is expected as a key, not " + kind);
      }
      Entry entry = new Entry(key, tuple.getValueNode());
      if (entries.putIfAbsent(Ascii.lower(key), entry) != null) {
        int line = tuple.getKeyNode().getStartMark().getLine() + 1;
        String says = ": one such key is expected, not a repeated one (line " + line + ")";
        throw new ConfigException(where + ": " + Shown.key(key) + says);
      }
    }
    return entries;
  }

  /** The items of a list; anything else is the only one. */
  static List<Node> items(Node node) {
    return node instanceof SequenceNode list ? list.getValue() : List.of(node);
  }

  /** The text of a plain value, as it is written; null for anything else. */
  static @Nullable String text(Node node) {
    boolean plain = node instanceof ScalarNode && !isNull(node) && isStandard(node.getTag());
    return plain ? ((ScalarNode) node).getValue() : null;
  }

  private static boolean isStandard(Tag tag) {
    return tag.getValue().startsWith(Tag.PREFIX) && !tag.equals(Tag.BINARY);
  }

  static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  /** The value of a key as errors may show it. */
  static String shown(String key, Node node) {
    String text = text(node);
    return text == null ? kind(node) : Shown.value(key, text);
  }

  /** The kind of a node, without its content. */
  static String kind(Node node) {
    if (node instanceof MappingNode) return "a map";
    if (node instanceof SequenceNode) return "a list";
    if (isNull(node)) return "nothing";
    return text(node) == null ? "a value with a tag" : "a plain value";
  }
}
