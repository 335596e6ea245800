package wsp.destination;

/**
 * White space at the ends of a path and of its segments, which applications drop: all that any of
 * the usual functions for that takes for white space, controls included. Paths are octets, a
 * character each ({@link Octets}).
 */
final class Blanks {
  private Blanks() {}

  /** With the path's end dropped as far as it is blank. */
  static String withoutAtEnd(String path) {
    int end = endBefore(path, path.length());
    return end == path.length() ? path : path.substring(0, end);
  }

  /** With the end of each segment dropped as far as it is blank. */
  static String withoutAtEnds(String path) {
    StringBuilder out = null;
    int from = 0;
    for (int slash = path.indexOf('/', 1); ; slash = path.indexOf('/', slash + 1)) {
      int segmentEnd = slash < 0 ? path.length() : slash;
      int end = endBefore(path, segmentEnd);
      if (end < segmentEnd) {
        if (out == null) out = new StringBuilder(path.length());
        out.append(path, from, end);
        from = segmentEnd;
      }
      if (slash < 0) break;
    }
    return out == null ? path : out.append(path, from, path.length()).toString();
  }

  /** With the beginning of each segment dropped as far as it is blank. */
  static String withoutAtBeginnings(String path) {
    StringBuilder out = null;
    int from = 0;
    for (int slash = 0; slash >= 0; slash = path.indexOf('/', slash + 1)) {
      int start = startAfter(path, slash + 1);
      if (start > slash + 1) {
        if (out == null) out = new StringBuilder(path.length());
        out.append(path, from, slash + 1);
        from = start;
      }
    }
    return out == null ? path : out.append(path, from, path.length()).toString();
  }

  /** True if a segment is two dots, but for blanks at its beginning and its end. */
  static boolean leadUp(String path) {
    int dots = path.indexOf("..");
    if (dots < 0) return false;
    String bare = withoutAtBeginnings(withoutAtEnds(path));
    return bare.contains("/../") || bare.endsWith("/..");
  }

  private static int endBefore(String path, int end) {
    int at = end;
    for (int length = 1; length > 0; at -= length) length = lengthBefore(path, at);
    return at;
  }

  private static int startAfter(String path, int start) {
    int at = start;
    for (int length = 1; length > 0; at += length) length = lengthAt(path, at);
    return at;
  }

  /** How many octets before this place are blank; 0 for none. Not more than a run of them. */
  private static int lengthBefore(String path, int end) {
    int run = end;
    while (isLatin(path.charAt(run - 1))) run--;
    int before = path.charAt(run - 1);
    // After another octet than these, it is the end of a character that may be none.
    if (run < end && before < 0x80) return end - run;
    if (run < end && before == 0xc2) return end - run + 1;
    if (before <= ' ') return 1;
    return end > 3 && lengthAt(path, end - 3) == 3 ? 3 : 0;
  }

  /** How many octets from this place on are one blank character; 0 for none. */
  private static int lengthAt(String path, int at) {
    int c = at < path.length() ? path.charAt(at) : '/';
    if (c <= ' ' || isLatin(c)) return 1;
    // Decoding leaves a line feed escaped: see Percent.
    if (c == '%') return Percent.octet(path, at) == '\n' ? 3 : 0;
    if (c == 0xc2) return at + 1 < path.length() && isLatin(path.charAt(at + 1)) ? 2 : 0;
    if (c < 0xe1 || c > 0xef || at + 2 >= path.length()) return 0;
    return isWide(c << 16 | path.charAt(at + 1) << 8 | path.charAt(at + 2)) ? 3 : 0;
  }

  /** Next line and the no-break space, as Latin-1 has them. */
  private static boolean isLatin(int octet) {
    return octet == 0x85 || octet == 0xa0;
  }

  /** What Unicode has besides, in UTF-8: spaces, separators, the mark of the order of bytes. */
  private static boolean isWide(int octets) {
    return switch (octets) {
      case 0xe19a80, 0xe1a08e, 0xe280a8, 0xe280a9, 0xe280af, 0xe2819f, 0xe38080, 0xefbbbf -> true;
      default -> octets >= 0xe28080 && octets <= 0xe2808b;
    };
  }
}
