package wsp.observe;

import wsp.text.Ascii;

/**
 * What may be told of a destination that is no URL: nobody knows where its userinfo ends, so all up
 * to the last {@code @} is taken for it, and all behind the first {@code ?} or {@code #} for a
 * query.
 */
final class Unusable {
  private static final String MASK = "***";
  private static final String ENCODED_AT = "%40";

  private Unusable() {}

  static String shown(String url) {
    int at = Math.max(url.lastIndexOf('@'), url.lastIndexOf(ENCODED_AT));
    int host = hostBegins(url);
    // A path alone has none.
    String told =
        at < host || url.startsWith("/") ? url : url.substring(0, host) + MASK + url.substring(at);
    int end = 0;
    while (end < told.length() && told.charAt(end) != '?' && told.charAt(end) != '#') end++;
    return told.substring(0, end);
  }

  /** Behind the scheme, and whatever slashes come after it; the beginning if there is none. */
  private static int hostBegins(String url) {
    int i = 0;
    while (i < url.length() && Ascii.isLetter(url.charAt(i))) i++;
    int colon = i;
    while (++i < url.length() && (url.charAt(i) == '/' || url.charAt(i) == '\\')) {}
    return colon > 0 && colon < url.length() && url.charAt(colon) == ':' && i > colon + 1 ? i : 0;
  }
}
