package wsp.chaos;

/**
 * The head of a request or of an answer.
 *
 * @param text all of it, up to the empty line
 */
record Head(String text) {
  private String word(int index) {
    return text.substring(0, text.indexOf('\r')).split(" ", 3)[index];
  }

  String method() {
    return word(0);
  }

  String target() {
    return word(1);
  }

  int status() {
    return Integer.parseInt(word(1));
  }

  /** The first value of a field, or an empty one. */
  String field(String name) {
    for (int at = text.indexOf("\r\n"); at >= 0; at = text.indexOf("\r\n", at + 2)) {
      int colon = at + 2 + name.length();
      if (text.regionMatches(true, at + 2, name, 0, name.length())
          && colon < text.length()
          && text.charAt(colon) == ':')
        return text.substring(colon + 1, text.indexOf("\r\n", colon)).strip();
    }
    return "";
  }
}
