package wsp.destination;

/**
 * How much origins may differ in what they make of a path or a query, told by one look at each
 * character and without working it out.
 */
enum Doubts {
  /** Nothing that is read in two ways. */
  NONE(1, 1),
  /** One thing that a denial looks at, as pluses within names or dots at the ends of names. */
  FEW(2, 2),
  /** Several of these, or pluses at the ends of names. */
  SOME(24, 8),
  /** Escapes of characters that mean nothing but themselves. */
  ESCAPES(4, 10),
  /** And one of those. */
  ESCAPES_AND_FEW(12, 32),
  /** What means something else in a URL. */
  MANY(Readings.MAX_PATHS, 90),
  /** What is decoded in several ways, or more than once; in a path this is no other. */
  ALL(Readings.MAX_PATHS, Readings.MAX_FORMS);

  private final int paths;
  private final int queries;

  Doubts(int paths, int queries) {
    this.paths = paths;
    this.queries = queries;
  }

  /** The most readings of a path, with those that only a denial looks at. */
  int paths() {
    return paths;
  }

  int queries() {
    return queries;
  }

  /** True if there is no other reading but those that only a denial looks at. */
  boolean areOfDenials() {
    return compareTo(ESCAPES) < 0;
  }

  /** Those of the path of a URL, which begins and ends there. */
  static Doubts inPath(String url, int start, int end) {
    boolean escapes = false;
    boolean pluses = false;
    boolean dots = false;
    boolean atEdges = false;
    // The segment has had nothing yet but what may be dropped as blank.
    boolean bare = false;
    int before = 0;
    for (int i = start; i < end; i++) {
      char c = url.charAt(i);
      int octet = c == '%' ? Percent.octet(url, i) : c;
      if (c == '%') {
        if (!standsForItself(octet)) return MANY;
        escapes = true;
        i += 2;
      }
      boolean first = before == '/';
      boolean last = i + 1 == end || url.charAt(i + 1) == '/';
      if (c == ';' || (c == '/' && first) || (octet == ' ' && (first || last))) return MANY;
      if (bare && (octet == '.' || (octet == '+' && last))) return MANY;
      if (octet == '$' && before == ':') return MANY;
      pluses |= octet == '+';
      dots |= octet == '.' && last;
      atEdges |= octet == '+' && (first || last);
      bare = c == '/' || (bare && (octet == '+' || octet == ' '));
      before = octet;
    }
    if (!pluses && !dots) return escapes ? ESCAPES : NONE;
    boolean few = !atEdges && !(pluses && dots);
    if (escapes) return few ? ESCAPES_AND_FEW : MANY;
    return few ? FEW : SOME;
  }

  /** Those of what is left of a URL, or of a text alone, from where its query begins. */
  static Doubts inQuery(String url, int start) {
    Doubts escapes = NONE;
    boolean inName = true;
    int pluses = 0;
    int dots = 0;
    int semicolons = 0;
    for (int i = start; i < url.length(); i++) {
      char c = url.charAt(i);
      if (c == '%') escapes = max(escapes, ofEscape(Percent.octet(url, i)));
      if (c == '+') pluses = inName ? 2 : Math.max(pluses, 1);
      if (c == '.' && inName) dots = 1;
      if (c == ';') semicolons = 1;
      inName = c == '&' || c == ';' || (inName && c != '=');
    }
    int others = pluses + dots + semicolons;
    if (escapes == NONE) return others > 1 ? SOME : others > 0 ? FEW : NONE;
    return escapes == ESCAPES && others > 0 ? ESCAPES_AND_FEW : escapes;
  }

  private static Doubts max(Doubts a, Doubts b) {
    return a.compareTo(b) < 0 ? b : a;
  }

  private static Doubts ofEscape(int octet) {
    if (standsForItself(octet)) return ESCAPES;
    boolean ends = octet >= 0x80 && octet < 0xc0;
    return ends || (octet > ' ' && "/\\.;?#".indexOf(octet) >= 0) ? MANY : ALL;
  }

  /** False for what a {@link PathStep} looks at, and for no octet at all. */
  private static boolean standsForItself(int octet) {
    if (octet >= 0x80) return octet > 0xc1 && octet != 0xe0 && octet != 0xef && octet != 0xf0;
    return octet >= ' ' && "%/\\.;?#".indexOf(octet) < 0;
  }
}
