package wsp.destination;

/**
 * Names of files as Windows opens them, of which some other names lead to the same file. Paths are
 * octets, a character each ({@link Octets}).
 */
final class WindowsNames {
  private WindowsNames() {}

  /**
   * With the end of each segment dropped as far as it is dots and spaces. A segment that is nothing
   * else is a name, or leads up, but at the end of the path.
   */
  static String withoutDotsAtEnds(String path) {
    StringBuilder out = null;
    int from = 0;
    for (int start = 1; start <= path.length(); ) {
      int segmentEnd = endOfSegment(path, start);
      int end = segmentEnd;
      while (end > start && isDropped(path.charAt(end - 1))) end--;
      boolean drops = end > start || (segmentEnd == path.length() && !leads(path, start));
      if (drops && end < segmentEnd) {
        if (out == null) out = new StringBuilder(path.length());
        out.append(path, from, end);
        from = segmentEnd;
      }
      start = segmentEnd + 1;
    }
    return out == null ? path : out.append(path, from, path.length()).toString();
  }

  private static boolean isDropped(char c) {
    return c == '.' || c == ' ';
  }

  /** True for one dot and for two, at the end of the path. */
  private static boolean leads(String path, int start) {
    String last = path.substring(start);
    return last.equals(".") || last.equals("..");
  }

  /**
   * With each segment that names the type of a stream, as {@code keys.txt::$DATA} and {@code
   * admin:$I30:$INDEX_ALLOCATION}, cut at its first colon.
   */
  static String withoutStreams(String path) {
    StringBuilder out = null;
    int from = 0;
    for (int type = path.indexOf(":$"); type >= 0; type = path.indexOf(":$", from)) {
      int start = path.lastIndexOf('/', type);
      if (out == null) out = new StringBuilder(path.length());
      out.append(path, from, path.indexOf(':', start));
      from = endOfSegment(path, type);
    }
    return out == null ? path : out.append(path, from, path.length()).toString();
  }

  private static int endOfSegment(String path, int start) {
    int slash = path.indexOf('/', start);
    return slash < 0 ? path.length() : slash;
  }
}
