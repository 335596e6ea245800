package wsp.server.forward;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wsp.text.Ascii;

/**
 * One element of {@code Forwarded} (RFC 7239 §4), as one proxy wrote it.
 *
 * @param node who was before that proxy, as written: an address, perhaps with a port, {@code
 *     unknown}, a name made up; empty if it does not say
 * @param proto by which scheme that came; empty if it does not say
 * @param host what it asked for; empty if it does not say
 * @param more whether it says something else besides
 */
record ForwardedHop(String node, String proto, String host, boolean more) {
  /** One that says nothing. */
  static final ForwardedHop SILENT = new ForwardedHop("", "", "", false);

  /** Of a line that cannot be read, so many elements and characters are looked at for its end. */
  private static final int LAST_ELEMENTS = 20;

  private static final int LAST_CHARACTERS = 2048;

  /** The elements of all fields in their order, of those that {@link #readable} leaves. */
  static List<ForwardedHop> parse(List<String> fields) {
    List<ForwardedHop> hops = new ArrayList<>();
    for (String field : readable(fields)) new Parser(field).elements(hops);
    return hops;
  }

  /**
   * The end of these fields up to which nothing is wrong: what a proxy has written stands behind
   * what came to it, and is not undone by a caller who sends what cannot be read.
   */
  static List<String> readable(List<String> fields) {
    for (int i = fields.size() - 1; i >= 0; i--) {
      if (isReadable(fields.get(i))) continue;
      List<String> rest = new ArrayList<>(fields.subList(i + 1, fields.size()));
      String end = readableEnd(fields.get(i));
      if (!end.isEmpty()) rest.add(0, end);
      return rest;
    }
    return fields;
  }

  private static boolean isReadable(String field) {
    return new Parser(field).elements(new ArrayList<>());
  }

  /** Behind a comma, which may have been meant for a part of a quoted string. */
  private static String readableEnd(String field) {
    String longest = "";
    int comma = field.length();
    for (int i = 0; i < LAST_ELEMENTS && comma > 0; i++) {
      comma = field.lastIndexOf(',', comma - 1);
      if (comma < 0 || field.length() - comma > LAST_CHARACTERS) break;
      String end = Ascii.trim(field.substring(comma + 1));
      if (isReadable(end)) longest = end;
    }
    return longest;
  }

  /**
   * An address without port and brackets, in lower case, as {@code X-Forwarded-For} has it; {@code
   * unknown} where that is not plain to see.
   */
  static String address(String node) {
    String name = node;
    int colon = node.indexOf(':');
    if (node.startsWith("[")) {
      int end = node.indexOf(']');
      name = end < 0 ? "" : node.substring(1, end);
    } else if (colon >= 0 && colon == node.lastIndexOf(':')) {
      name = node.substring(0, colon);
    }
    return isPlain(name, "._:-") ? Ascii.lower(name) : "unknown";
  }

  /** True for letters, digits and these; not for nothing. */
  static boolean isPlain(String text, String others) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Ascii.isLetter(c) && !Ascii.isDigit(c) && others.indexOf(c) < 0) return false;
    }
    return !text.isEmpty();
  }

  /** One more element, of this server itself. */
  static String element(String address, String proto, @Nullable String host) {
    String node = address.indexOf(':') < 0 ? address : "\"[" + address + "]\"";
    String element = "for=" + node + ";proto=" + proto;
    return host == null || host.isEmpty() ? element : element + ";host=\"" + host + '"';
  }

  private static final class Parser {
    private final String text;
    private int at;

    Parser(String text) {
      this.text = text;
    }

    boolean elements(List<ForwardedHop> into) {
      do {
        blanks();
        if (at == text.length() || text.charAt(at) == ',') continue;
        if (!element(into)) return false;
      } while (take(','));
      return at == text.length();
    }

    private boolean element(List<ForwardedHop> into) {
      String node = null;
      String proto = null;
      String host = null;
      boolean more = false;
      do {
        blanks();
        String name = word("=;,");
        if (name.isEmpty()) continue;
        if (!take('=')) return false;
        String value = value();
        // None may stand twice in an element.
        if (value == null) return false;
        if (Ascii.equalsIgnoreCase(name, "for")) {
          if (node != null) return false;
          node = value;
        } else if (Ascii.equalsIgnoreCase(name, "proto")) {
          if (proto != null) return false;
          proto = value;
        } else if (Ascii.equalsIgnoreCase(name, "host")) {
          if (host != null) return false;
          host = value;
        } else {
          more = true;
        }
        blanks();
      } while (take(';'));
      into.add(new ForwardedHop(orEmpty(node), orEmpty(proto), orEmpty(host), more));
      return true;
    }

    private static String orEmpty(@Nullable String text) {
      return text == null ? "" : text;
    }

    /** A token or a quoted string; null for neither. An address without its quotes is taken too. */
    private @Nullable String value() {
      if (!take('"')) {
        String word = word(";,\"");
        return word.isEmpty() ? null : word;
      }
      StringBuilder out = new StringBuilder();
      while (at < text.length()) {
        char c = text.charAt(at++);
        if (c == '"') return out.toString();
        if (c == '\\') {
          if (at == text.length()) return null;
          c = text.charAt(at++);
        }
        out.append(c);
      }
      return null;
    }

    /** Visible ASCII up to one of these. */
    private String word(String ends) {
      int from = at;
      while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
        if (text.charAt(at) <= ' ' || text.charAt(at) > '~') break;
        at++;
      }
      return text.substring(from, at);
    }

    private void blanks() {
      while (at < text.length() && Ascii.isBlank(text.charAt(at))) at++;
    }

    private boolean take(char c) {
      if (at == text.length() || text.charAt(at) != c) return false;
      at++;
      return true;
    }
  }
}
