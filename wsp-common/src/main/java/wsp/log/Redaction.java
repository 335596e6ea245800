package wsp.log;

import wsp.text.SecretNames;

/**
 * Takes secrets out of URLs in a text for people: userinfo, and the values of query parameters with
 * names that tell of secrets. {@code ***} takes their place. It takes out rather too much than too
 * little, because a text may hold no valid URL. Linear in time; safe for all threads.
 */
public final class Redaction {
  private static final String MASK = "***";
  private static final String ENCODED_AT = "%40";

  private static final int MAX_NAME = 100;

  private final String text;
  private final StringBuilder out;
  private int done;

  /** In the path of a URL, colons and at signs are common. */
  private boolean inPath;

  /** Up to here there is no more userinfo: no character is looked at for it twice. */
  private int clear;

  private Redaction(String text) {
    this.text = text;
    this.out = new StringBuilder(text.length());
  }

  /** The text without the secrets of its URLs; the same text if there are none. */
  public static String urls(String text) {
    // Userinfo ends with the one or is cut by the other; a value comes after the third.
    boolean none = text.indexOf('@') < 0 && text.indexOf('…') < 0 && text.indexOf('=') < 0;
    return none && !text.contains(ENCODED_AT) ? text : new Redaction(text).run();
  }

  private String run() {
    for (int i = 0; i < text.length(); ) {
      char c = text.charAt(i);
      if (isEndOfUrl(c)) inPath = false;
      else if (isSlash(c) && i > 0 && !isSlash(text.charAt(i - 1))) {
        inPath |= !isEndOfUrl(text.charAt(i - 1));
      }
      if (c == ':' && i >= clear && isBeforeUserinfo(i)) i = userinfo(i + 1, isScheme(i));
      else if (isParameterStart(c)) i = parameter(i + 1);
      else i++;
    }
    return done == 0 ? text : out.append(text, done, text.length()).toString();
  }

  private void mask(int start, int end) {
    out.append(text, done, start).append(MASK);
    done = end;
  }

  // -- userinfo

  /** A refused destination may have any scheme, or none: {@code al:hush@a.test}. */
  private boolean isBeforeUserinfo(int colon) {
    return !inPath || isScheme(colon) || text.startsWith("//", colon + 1);
  }

  private boolean isScheme(int colon) {
    return endsWith(colon, "http")
        || endsWith(colon, "https")
        || endsWith(colon, "ws")
        || endsWith(colon, "wss");
  }

  private boolean endsWith(int end, String word) {
    return text.regionMatches(true, end - word.length(), word, 0, word.length());
  }

  /**
   * The part between the slashes and the last {@code @} of the authority; or all, if it is cut.
   *
   * @param scheme whether it is surely a URL
   */
  private int userinfo(int from, boolean scheme) {
    int start = from;
    while (start < text.length() && isSlash(text.charAt(start))) start++;
    int at = -1;
    int end = start;
    for (; end < text.length() && !isEndOfAuthority(text.charAt(end)); end++) {
      char c = text.charAt(end);
      boolean encoded = c == '%' && text.startsWith(ENCODED_AT, end);
      if (c == '@' || encoded || (scheme && c == '…')) at = end;
    }
    clear = end;
    if (at < 0) return from;
    mask(start, at);
    return at;
  }

  private static boolean isSlash(char c) {
    return c == '/' || c == '\\';
  }

  private static boolean isEndOfAuthority(char c) {
    return c == '/' || c == '?' || c == '#' || isEndOfUrl(c);
  }

  private static boolean isEndOfUrl(char c) {
    return c <= ' ' || c == '"' || c == '\'' || c == '<' || c == '>';
  }

  // -- parameters

  private static boolean isParameterStart(char c) {
    return c == '?' || c == '&' || c == ';' || c == '#';
  }

  private int parameter(int start) {
    int equals = start;
    while (equals < text.length() && isNamePart(text.charAt(equals))) equals++;
    boolean named = equals < text.length() && text.charAt(equals) == '=';
    // A name that tells of no secret may be a URL, and is looked at again.
    if (!named || !isSecret(text.substring(start, equals))) return start;
    int end = equals + 1;
    while (end < text.length() && isValuePart(text.charAt(end))) end++;
    if (end > equals + 1) mask(equals + 1, end);
    return end;
  }

  private static boolean isNamePart(char c) {
    return c != '=' && !isParameterStart(c) && !isEndOfUrl(c);
  }

  private static boolean isValuePart(char c) {
    return c != '&' && c != ';' && c != '#' && !isEndOfUrl(c);
  }

  /** A name that is encoded or very long hides something. */
  private static boolean isSecret(String name) {
    if (name.indexOf('%') >= 0 || name.length() > MAX_NAME) return true;
    String plain = SecretNames.plain(name);
    // That of OAuth is one of parameters alone.
    return SecretNames.has(plain) || plain.endsWith("code");
  }
}
