package wsp.origins;

import java.util.Locale;
import java.util.Random;

/**
 * One thing that a caller may do to a path so that some origin reads it as it was before: the
 * opposite of a step, at one place of many. Many of them after each other make orders of steps.
 */
enum Disguise {
  ESCAPE,
  ESCAPED_PERCENT_SIGN,
  UNICODE_ESCAPE,
  OVERLONG,
  FULL_WIDTH,
  BACKSLASH,
  BEFORE_SLASH,
  BEFORE_SLASH_AGAIN,
  AFTER_SLASH,
  DETOUR,
  WITHIN,
  AT_END,
  AUTHORITY,
  CASE;

  private static final String[] SLASHES = {"/", "/", "/", "%2f", "%5c", "%252f", "%c0%af"};
  private static final String[] NAMES = {
    "a", "pub", "..", "%2e", "", "%20", "admin", "x:80", "..;"
  };
  private static final String[] BLANKS = {
    "%20",
    ".",
    "%2e",
    "%09",
    "%0a",
    "%0b",
    "%00",
    "%01",
    "%a0",
    "%85",
    "%c2%a0",
    "%e2%80%83",
    "%ef%bb%bf",
    "+"
  };
  private static final String[] ENDS = {"%3f", "%23", "%00", ";", "%3b", "?", "/", "%2f", "%5c"};

  /** The path in disguise, which begins with a slash as before. */
  String on(String path, Random random) {
    int at = 1 + random.nextInt(path.length() - 1);
    char c = path.charAt(at);
    int slash = path.lastIndexOf('/', at);
    return switch (this) {
      case ESCAPE -> replaced(path, at, String.format("%%%02x", (int) c));
      case ESCAPED_PERCENT_SIGN -> path.replaceFirst("%(?!25)", "%25");
      case UNICODE_ESCAPE -> replaced(path, at, String.format("%%25u%04x", (int) c));
      case OVERLONG ->
          replaced(path, at, String.format("%%%02x%%%02x", 0xc0 | c >> 6, 0x80 | c & 63));
      case FULL_WIDTH ->
          replaced(
              path,
              at,
              String.format("%%ef%%%02x%%%02x", 0xbc + (c - 0x20 >> 6), 0x80 | c - 0x20 & 63));
      case BACKSLASH -> slash == 0 ? path : replaced(path, slash, "%5c");
      case BEFORE_SLASH, BEFORE_SLASH_AGAIN -> put(path, slash, trifle(random));
      case AFTER_SLASH -> put(path, slash + 1, one(BLANKS, random));
      case DETOUR -> put(path, slash, "/" + one(NAMES, random) + one(SLASHES, random) + "..");
      case WITHIN -> put(path, at, one(BLANKS, random));
      case AT_END -> path + one(ENDS, random) + one(NAMES, random) + one(SLASHES, random) + "..";
      case AUTHORITY -> "/" + one(SLASHES, random) + one(NAMES, random) + path;
      case CASE -> replaced(path, at, String.valueOf(c).toUpperCase(Locale.ROOT));
    };
  }

  /** What may stand in front of a slash. */
  private static String trifle(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> ";" + one(NAMES, random);
      case 1 -> one(SLASHES, random);
      case 2 -> one(SLASHES, random) + ".";
      default -> one(BLANKS, random);
    };
  }

  /** An escape is left whole: a percent sign that begins none is no path. */
  private static String replaced(String path, int at, String by) {
    return isInEscape(path, at) ? path : path.substring(0, at) + by + path.substring(at + 1);
  }

  private static String put(String path, int at, String what) {
    // Nothing stands in front of the first slash, or in the midst of an escape.
    return at == 0 || isInEscape(path, at)
        ? path
        : path.substring(0, at) + what + path.substring(at);
  }

  private static boolean isInEscape(String path, int at) {
    return path.charAt(at) == '%'
        || path.charAt(at - 1) == '%'
        || (at > 1 && path.charAt(at - 2) == '%');
  }

  private static String one(String[] of, Random random) {
    return of[random.nextInt(of.length)];
  }
}
