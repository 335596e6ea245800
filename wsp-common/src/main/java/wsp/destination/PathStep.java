package wsp.destination;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import wsp.text.Ascii;

/**
 * One lenient thing that an origin may do to a path, alone: which of them an origin does, and in
 * which order, is for {@link Readings}. Paths are octets, a character each ({@link Octets}), and
 * begin with a slash before and after. A step that changes nothing gives back what it got; one that
 * does makes the path shorter or leaves nothing of its kind, so that steps come to an end.
 */
enum PathStep {
  /** Escapes of letters, digits and {@code -._~} are what they stand for (RFC 3986 §6.2.2). */
  NEEDLESS_ESCAPES(Percent::normalise),
  /** An octet in more UTF-8 octets than it needs is that octet: {@code c0 af} is a slash. */
  OVERLONG(Octets::withoutOverlong),
  /** A full-width character is the narrow one, as in conversions to a code page. */
  FULL_WIDTH(Octets::narrow),
  /** A backslash is a slash, as on Windows and in the URL standard of browsers. */
  BACKSLASHES(path -> path.replace('\\', '/')),
  /** The text behind a semicolon in a segment does not count. */
  PARAMETERS(PathStep::withoutParameters),
  /** Empty segments do not count. */
  SLASHES(path -> merged(path, path.length())),
  /** Those in front do not count, and the others do. */
  LEADING_SLASHES(path -> merged(path, leadingSlashes(path))),
  /** Segments of one dot and of two are resolved, as if empty ones were names (RFC 3986 §5.2.4). */
  DOTS(path -> resolved(path, true)),
  /** The same, as for files: what a segment of dots at the end leaves is a name. */
  DOTS_OF_FILES(path -> resolved(path, false)),
  /** The path ends at a NUL, as strings of C do. */
  NUL(path -> until(path, path.indexOf(0))),
  /** The path ends at a question mark or a number sign that was escaped. */
  DELIMITERS(PathStep::untilDelimiter),
  /** Tabs and ends of lines do not count, as in the URL standard of browsers. */
  LINE_ENDS(PathStep::withoutLineEnds),
  /** Blanks at the end of the path do not count, as with a path that is trimmed. */
  BLANKS_AT_END(Blanks::withoutAtEnd),
  /** Those at the ends of segments do not, as with segments that are trimmed. */
  BLANKS_AT_ENDS(Blanks::withoutAtEnds),
  /** Those at the beginnings of segments do not. */
  BLANKS_AT_BEGINNINGS(Blanks::withoutAtBeginnings),
  /** Two slashes in front announce an authority (RFC 3986 §4.2), of which the path comes after. */
  AUTHORITY(path -> path.startsWith("//") ? afterAuthority(path, 2) : path),
  /** Any number of slashes does, as in the URL standard of browsers. */
  AUTHORITY_AFTER_ALL_SLASHES(
      path -> path.startsWith("//") ? afterAuthority(path, leadingSlashes(path)) : path),
  /** A plus is a blank, as in a form, where some segment is two dots but for pluses and blanks. */
  PLUS_BESIDE_DOTS(path -> Blanks.leadUp(PathStep.withBlanks(path)) ? withBlanks(path) : path),
  /** A plus is a blank, as in a form. */
  PLUS(PathStep::withBlanks),
  /** Dots at the ends of names do not count, as with files on Windows. */
  DOTS_AT_ENDS(WindowsNames::withoutDotsAtEnds),
  /** The type of a stream does not count, as with files on Windows. */
  STREAMS(WindowsNames::withoutStreams);

  /** What few origins do: a denial looks at it, permission does not. */
  static final Set<PathStep> RARE =
      Collections.unmodifiableSet(EnumSet.of(PLUS, DOTS_AT_ENDS, STREAMS));

  @SuppressWarnings("ImmutableEnumChecker") // The functions have no state.
  private final UnaryOperator<String> step;

  PathStep(UnaryOperator<String> step) {
    this.step = step;
  }

  String apply(String path) {
    return step.apply(path);
  }

  private static String withBlanks(String path) {
    return path.replace('+', ' ');
  }

  private static String withoutParameters(String path) {
    int semicolon = path.indexOf(';');
    if (semicolon < 0) return path;
    StringBuilder out = new StringBuilder(path.length());
    int from = 0;
    while (semicolon >= 0) {
      out.append(path, from, semicolon);
      int slash = path.indexOf('/', semicolon);
      from = slash < 0 ? path.length() : slash;
      semicolon = path.indexOf(';', from);
    }
    return out.append(path, from, path.length()).toString();
  }

  /** With one slash for each run of them that begins before an end. */
  private static String merged(String path, int end) {
    int run = path.indexOf("//");
    if (run < 0 || run >= end) return path;
    StringBuilder out = new StringBuilder(path.length()).append(path, 0, run);
    for (int i = run; i < path.length(); i++) {
      char c = path.charAt(i);
      boolean again = c == '/' && i > run && i < end && path.charAt(i - 1) == '/';
      if (!again) out.append(c);
    }
    return out.toString();
  }

  private static int leadingSlashes(String path) {
    int i = 0;
    while (i < path.length() && path.charAt(i) == '/') i++;
    return i;
  }

  private static String resolved(String path, boolean directory) {
    if (!path.contains("/.")) return path;
    StringBuilder out = new StringBuilder(path.length());
    int start = 0;
    while (start < path.length()) {
      int slash = path.indexOf('/', start + 1);
      int end = slash < 0 ? path.length() : slash;
      boolean back = end - start == 3 && path.startsWith("..", start + 1);
      boolean here = end - start == 2 && path.charAt(start + 1) == '.';
      if (back) out.setLength(Math.max(0, out.lastIndexOf("/")));
      else if (!here) out.append(path, start, end);
      boolean ends = (back || here) && slash < 0;
      if (ends && (directory || out.length() == 0)) out.append('/');
      start = end;
    }
    return out.toString();
  }

  private static String until(String path, int end) {
    return end < 0 ? path : path.substring(0, end);
  }

  private static String untilDelimiter(String path) {
    int mark = path.indexOf('?');
    int hash = path.indexOf('#');
    return until(path, mark < 0 || (hash >= 0 && hash < mark) ? hash : mark);
  }

  /** Decoding leaves a line feed escaped: see {@link Percent#decode}. */
  private static String withoutLineEnds(String path) {
    String shorter = path;
    for (String end : new String[] {"\t", "\r", "%0A", "%0a"}) shorter = shorter.replace(end, "");
    return shorter;
  }

  /** The path of a URL that stands in place of a path, as in {@code /http://host/path}. */
  static String withoutOrigin(String path) {
    int start = leadingSlashes(path);
    int colon = path.indexOf("://", start);
    if (colon <= start) return path;
    for (int i = start; i < colon; i++) {
      char c = path.charAt(i);
      if (!Ascii.isLetterOrDigit(c) && c != '+' && c != '-' && c != '.') return path;
    }
    return afterAuthority(path, colon + 3);
  }

  private static String afterAuthority(String path, int start) {
    int end = start;
    while (end < path.length() && "/?#".indexOf(path.charAt(end)) < 0) end++;
    return end < path.length() && path.charAt(end) == '/' ? path.substring(end) : "/";
  }
}
