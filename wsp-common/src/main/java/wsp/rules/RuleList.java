package wsp.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Rules in their order, and which of them may match a URL at all: nearly every pattern begins with
 * characters that the URL must begin with ({@link LiteralPrefix}), so that of a thousand rules a
 * handful is left after one walk along the URL. Immutable; safe for all threads.
 */
final class RuleList {
  private static final int[] NONE = {};

  /** More than this tells no more rules apart. */
  private static final int MAX_DEPTH = 200;

  private final List<Rule> rules;
  private final Node root;

  RuleList(List<Rule> rules) {
    this.rules = List.copyOf(rules);
    Builder all = new Builder();
    for (int i = 0; i < this.rules.size(); i++)
      for (String prefix : this.rules.get(i).urlPrefixes()) all.add(prefix, i);
    root = all.build();
  }

  boolean isEmpty() {
    return rules.isEmpty();
  }

  List<Rule> all() {
    return rules;
  }

  Rule get(int i) {
    return rules.get(i);
  }

  /** The places of those that may match, in ascending order. */
  int[] candidates(String url) {
    int[] found = root.rules;
    Node node = root;
    boolean several = false;
    for (int i = 0; i < url.length(); i++) {
      node = node.child(url.charAt(i));
      if (node == null) break;
      if (node.rules.length == 0) continue;
      several |= found.length > 0;
      found = found.length == 0 ? node.rules : concat(found, node.rules);
    }
    if (several) Arrays.sort(found);
    return found;
  }

  /** The places of those that may match some URL with this beginning, in ascending order. */
  int[] candidatesUnder(String beginning) {
    int[] found = NONE;
    Node node = root;
    for (int i = 0; i < beginning.length() && node != null; i++) {
      if (node.rules.length > 0) found = concat(found, node.rules);
      node = node.child(beginning.charAt(i));
    }
    if (node != null) found = concat(found, node.all);
    Arrays.sort(found);
    return found;
  }

  private static int[] concat(int[] a, int[] b) {
    int[] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }

  /** One more character of prefixes, and the rules whose prefix ends with it. */
  private static final class Node {
    private final char[] keys;
    private final Node[] children;
    private final int[] rules;

    /** Those rules and all of the nodes below; along a prefix it is the same array. */
    private final int[] all;

    Node(char[] keys, Node[] children, int[] rules) {
      this.keys = keys;
      this.children = children;
      this.rules = rules;
      int[] found = rules;
      for (Node child : children) found = found.length == 0 ? child.all : concat(found, child.all);
      this.all = found;
    }

    @Nullable Node child(char c) {
      int at = keys.length == 1 ? (keys[0] == c ? 0 : -1) : Arrays.binarySearch(keys, c);
      return at < 0 ? null : children[at];
    }
  }

  private static final class Builder {
    private final Map<Character, Builder> children = new TreeMap<>();
    private final List<Integer> rules = new ArrayList<>();

    void add(String prefix, int rule) {
      Builder at = this;
      for (char c : prefix.substring(0, Math.min(MAX_DEPTH, prefix.length())).toCharArray())
        at = at.children.computeIfAbsent(c, k -> new Builder());
      at.rules.add(rule);
    }

    Node build() {
      char[] keys = new char[children.size()];
      Node[] nodes = new Node[keys.length];
      int n = 0;
      for (Map.Entry<Character, Builder> child : children.entrySet()) {
        keys[n] = child.getKey();
        nodes[n++] = child.getValue().build();
      }
      int[] places = rules.isEmpty() ? NONE : rules.stream().mapToInt(i -> i).toArray();
      return new Node(keys, nodes, places);
    }
  }
}
