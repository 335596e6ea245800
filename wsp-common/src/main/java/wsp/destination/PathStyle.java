package wsp.destination;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One way in which an origin, or a chain of them, may read paths.
 *
 * @param merges runs of slashes are one before dot segments are looked for
 * @param parameters when path parameters are dropped
 * @param backslashes they count as slashes
 */
record PathStyle(boolean merges, Parameters parameters, boolean backslashes) {
  /** When what follows a semicolon in a segment is dropped. */
  enum Parameters {
    NEVER,
    AFTER_DECODING,
    ALWAYS
  }

  /** How often an origin may decode. */
  private static final int DECODINGS = 2;

  /** The most that {@link #readings} come to with all styles, each of them once; and with one. */
  private static final int READINGS = 72;

  private static final int READINGS_OF_ONE = 10;

  /** How many readings a path has at the most, without working them out. */
  static int readingsAtMost(String path) {
    boolean styles = path.indexOf(';') >= 0 || path.contains("//");
    for (int i = path.indexOf('%'); i >= 0 && !styles; i = path.indexOf('%', i + 1))
      styles = makesADifference(Percent.octet(path, i));
    return styles ? READINGS : READINGS_OF_ONE;
  }

  /** True for an octet that is what styles differ in, or that becomes it with the one behind it. */
  private static boolean makesADifference(int octet) {
    return octet == '/'
        || octet == '\\'
        || octet == ';'
        || octet == '%'
        || octet == 0xc0
        || octet == 0xc1;
  }

  /** The styles that may differ in what they make of this path. */
  static List<PathStyle> thatMatter(String path) {
    String once = Percent.decode(path);
    String all = path + once + Percent.decode(once);
    boolean backslash = all.indexOf('\\') >= 0;
    boolean semicolon = all.indexOf(';') >= 0;
    boolean empty = backslash || semicolon || all.contains("//");
    List<PathStyle> styles = new ArrayList<>();
    for (Parameters p : semicolon ? Parameters.values() : new Parameters[] {Parameters.NEVER}) {
      for (int i = 0; i < (empty ? 2 : 1); i++) {
        for (int j = 0; j < (backslash ? 2 : 1); j++) styles.add(new PathStyle(i == 0, p, j == 0));
      }
    }
    return styles;
  }

  /** Adds what an origin of this style may take the path for. */
  void readings(String path, Set<String> paths) {
    resolvedAtTheEnd(path, paths);
    if (parameters == Parameters.AFTER_DECODING) return;
    // Encoded dots may be dots from the first, or a name that two dots take away.
    resolvedEachTime(begin(Percent.normalise(path)), paths);
    resolvedEachTime(begin(path), paths);
  }

  private void resolvedAtTheEnd(String path, Set<String> paths) {
    String decoded = begin(path);
    for (int i = 0; i < DECODINGS; i++) {
      decoded = decode(decoded);
      paths.add(resolve(decoded));
      if (parameters == Parameters.NEVER) paths.add(resolve(cut(decoded)));
    }
  }

  /** One removes dot segments and leaves an encoded slash alone, the next decodes and removes. */
  private void resolvedEachTime(String path, Set<String> paths) {
    String resolved = resolve(path);
    paths.add(resolved);
    for (int i = 0; i < DECODINGS; i++) {
      resolved = resolve(decode(resolved));
      paths.add(resolved);
    }
  }

  private String begin(String path) {
    return parameters == Parameters.ALWAYS ? withoutParameters(path) : path;
  }

  private String decode(String path) {
    String decoded = Percent.decode(path);
    if (backslashes) decoded = decoded.replace('\\', '/');
    return parameters == Parameters.NEVER ? decoded : withoutParameters(decoded);
  }

  /** Without dot segments (RFC 3986 §5.2.4) and runs of slashes. */
  private String resolve(String path) {
    List<String> kept = new ArrayList<>();
    String[] segments = path.split("/", -1);
    boolean directory = true;
    for (int i = 1; i < segments.length; i++) {
      String segment = segments[i];
      directory = segment.isEmpty() || segment.equals(".") || segment.equals("..");
      if (segment.equals("..")) {
        if (!kept.isEmpty()) kept.remove(kept.size() - 1);
      } else if (segment.isEmpty() ? !merges : !directory) {
        kept.add(segment);
      }
    }
    kept.removeIf(String::isEmpty);
    String joined = "/" + String.join("/", kept);
    return directory && !kept.isEmpty() ? joined + "/" : joined;
  }

  private static String withoutParameters(String path) {
    if (path.indexOf(';') < 0) return path;
    StringBuilder out = new StringBuilder(path.length());
    boolean parameter = false;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '/') parameter = false;
      else if (c == ';') parameter = true;
      if (!parameter) out.append(c);
    }
    return out.toString();
  }

  /** Up to where an origin that decodes first would see the end of the path. */
  private static String cut(String path) {
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == 0 || c == '?' || c == '#') return path.substring(0, i);
    }
    return path;
  }
}
