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
  /** Anything else. */
  MANY(Readings.MAX_PATHS, 90);

  private static final int MANY_SLASHES = '/' << 8 | '/';
  private static final int DOT_SEGMENT = '/' << 8 | '.';

  private final int paths;
  private final int queries;

  Doubts(int paths, int queries) {
    this.paths = paths;
    this.queries = queries;
  }

  /** How many readings a path has with these, at the most. */
  int paths() {
    return paths;
  }

  /** How many readings a query has with these, at the most. */
  int queries() {
    return queries;
  }

  /** Those of a path as it stands on a request line. */
  static Doubts inPath(String path) {
    Doubts doubts = NONE;
    int before = 0;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      int both = before << 8 | c;
      if (c == ';' || both == MANY_SLASHES || both == DOT_SEGMENT) return MANY;
      if (c == '%') {
        int octet = Percent.octet(path, i);
        if (!standsForItself(octet)) return MANY;
        if (octet == ' ' && (before == '/' || endsSegment(path, i + 3))) return MANY;
        doubts = ESCAPES;
      }
      before = c;
    }
    return doubts;
  }

  private static boolean endsSegment(String path, int at) {
    return at == path.length() || path.charAt(at) == '/';
  }

  /** Those of a query as it stands on a request line. */
  static Doubts inQuery(String query) {
    Doubts doubts = NONE;
    for (int i = 0; i < query.length(); i++) {
      char c = query.charAt(i);
      if (c == '%' && !standsForItself(Percent.octet(query, i))) return MANY;
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
