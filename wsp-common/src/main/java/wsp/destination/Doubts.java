package wsp.destination;

/**
 * How much origins may differ in what they make of a path or a query, told by one look at each
 * character and without working it out.
 */
enum Doubts {
  /** Nothing that is read in two ways. */
  NONE(1, 1),
  /** Escapes of characters that mean nothing but themselves. */
  ESCAPES(4, 10),
  MANY(Readings.MAX_PATHS, 90);

  private static final int MANY_SLASHES = '/' << 8 | '/';
  private static final int DOT_SEGMENT = '/' << 8 | '.';

  private final int paths;
  private final int queries;

  Doubts(int paths, int queries) {
    this.paths = paths;
    this.queries = queries;
  }

  int paths() {
    return paths;
  }

  int queries() {
    return queries;
  }

  static Doubts inPath(String path) {
    return inPath(path, 0, path.length());
  }

  /** Those of the path of a URL, which begins and ends there. */
  static Doubts inPath(String url, int start, int end) {
    Doubts doubts = NONE;
    int before = 0;
    for (int i = start; i < end; i++) {
      char c = url.charAt(i);
      int both = before << 8 | c;
      if (c == ';' || both == MANY_SLASHES || both == DOT_SEGMENT) return MANY;
      if (c == '%') {
        int octet = Percent.octet(url, i);
        if (!standsForItself(octet)) return MANY;
        boolean last = i + 3 == end || url.charAt(i + 3) == '/';
        if (octet == ' ' && (before == '/' || last)) return MANY;
        doubts = ESCAPES;
      }
      before = c;
    }
    return doubts;
  }

  /** Those of what is left of a URL, or of a text alone, from where its query begins. */
  static Doubts inQuery(String url, int start) {
    Doubts doubts = NONE;
    for (int i = start; i < url.length(); i++) {
      char c = url.charAt(i);
      if (c == '%' && !standsForItself(Percent.octet(url, i))) return MANY;
      if (c == '%' || c == '+') doubts = ESCAPES;
    }
    return doubts;
  }

  /** False for what a {@link PathStep} looks at, and for no octet at all. */
  private static boolean standsForItself(int octet) {
    if (octet >= 0x80) return octet > 0xc1 && octet != 0xe0 && octet != 0xef && octet != 0xf0;
    return octet >= ' ' && "%/\\.;?#".indexOf(octet) < 0;
  }
}
