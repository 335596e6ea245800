package wsp.destination;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What origins may make of one URL. They differ in whether they decode before or after they look
 * for dot segments, merge slashes, drop path parameters, decode twice, take a backslash for a slash
 * or end the path at a NUL; each such reading of the path is a form of its own, unless it is the
 * same as another. Nearly all URLs have just one.
 *
 * @param judged the URL itself, then the readings of its path
 * @param denied those, and readings with a decoded query
 */
record Readings(List<String> judged, List<String> denied) {
  /** As sent, and two for each of the nine calls in {@link #paths}. */
  private static final int MAX_PATHS = 19;

  /** As sent, without needless escapes, decoded once, decoded twice. */
  private static final int QUERIES = 4;

  static Readings of(String origin, String path, @Nullable String query) {
    String mark = query == null ? "" : "?" + query;
    Set<String> judged = new LinkedHashSet<>();
    judged.add(origin + path + mark);
    Set<String> paths = paths(path);
    String sameQuery = Percent.normalise(mark);
    for (String p : paths) judged.add(origin + p + sameQuery);
    Set<String> denied = new LinkedHashSet<>(judged);
    String once = Percent.decode(mark.replace('+', ' '));
    String twice = Percent.decode(once);
    paths.add(path);
    for (String p : paths) {
      denied.add(origin + p + once);
      denied.add(origin + p + twice);
    }
    return new Readings(List.copyOf(judged), List.copyOf(denied));
  }

  /** How many there are at the most, without working them out. */
  static int atMost(String path, @Nullable String query) {
    int paths = isPlain(path) ? 1 : MAX_PATHS;
    boolean plain = query == null || (query.indexOf('%') < 0 && query.indexOf('+') < 0);
    return plain ? paths : paths * QUERIES;
  }

  private static Set<String> paths(String path) {
    Set<String> paths = new LinkedHashSet<>();
    if (isPlain(path)) {
      paths.add(path);
      return paths;
    }
    addPlain(paths, Percent.normalise(path));
    String bare = withoutParameters(path);
    for (int round = 0; round < 2; round++) {
      path = Percent.decode(path).replace('\\', '/');
      bare = Percent.decode(bare).replace('\\', '/');
      addPlain(paths, path);
      addPlain(paths, withoutParameters(path));
      addPlain(paths, withoutParameters(bare));
      addPlain(paths, cut(path));
    }
    return paths;
  }

  /** True for a path that every origin reads alike. */
  private static boolean isPlain(String path) {
    return path.indexOf('%') < 0
        && path.indexOf(';') < 0
        && !path.contains("//")
        && !path.contains("/.");
  }

  /** Slashes may be merged before dot segments are removed, or only after. */
  private static void addPlain(Set<String> paths, String path) {
    paths.add(resolve(path, true));
    if (path.contains("//")) paths.add(resolve(path, false));
  }

  /** Without dot segments (RFC 3986 §5.2.4) and runs of slashes. */
  private static String resolve(String path, boolean emptySegmentsCount) {
    List<String> kept = new ArrayList<>();
    String[] segments = path.split("/", -1);
    boolean directory = true;
    for (int i = 1; i < segments.length; i++) {
      String segment = segments[i];
      directory = segment.isEmpty() || segment.equals(".") || segment.equals("..");
      if (segment.equals("..")) {
        if (!kept.isEmpty()) kept.remove(kept.size() - 1);
      } else if (segment.isEmpty() ? emptySegmentsCount : !directory) {
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
