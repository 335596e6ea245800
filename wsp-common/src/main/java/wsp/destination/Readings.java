package wsp.destination;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What origins may make of one URL. They differ in whether they decode before or after they look
 * for dot segments, or both, since behind one there may be another; in whether they merge slashes,
 * drop path parameters, decode twice, take a backslash for a slash or end the path at a NUL. Each
 * such reading of the path is a form of its own, unless it is the same as another. Nearly all URLs
 * have just one.
 *
 * @param judged the URL itself, then the readings of its path
 * @param denied those, and readings with a decoded query
 */
record Readings(List<String> judged, List<String> denied) {
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
    // And as it is sent.
    int paths = isPlain(path) ? 1 : PathStyle.readingsAtMost(path) + 1;
    boolean plain = query == null || (query.indexOf('%') < 0 && query.indexOf('+') < 0);
    return plain ? paths : paths * QUERIES;
  }

  private static Set<String> paths(String path) {
    Set<String> paths = new LinkedHashSet<>();
    if (isPlain(path)) {
      paths.add(path);
      return paths;
    }
    for (PathStyle style : PathStyle.thatMatter(path)) style.readings(path, paths);
    return paths;
  }

  /** True for a path that every origin reads alike. */
  private static boolean isPlain(String path) {
    return path.indexOf('%') < 0
        && path.indexOf(';') < 0
        && !path.contains("//")
        && !path.contains("/.");
  }
}
