package wsp.log;

import java.util.HexFormat;

/** Texts as strings of JSON (RFC 8259 §7). Stateless; safe for all threads. */
public final class JsonText {
  private static final HexFormat HEX = HexFormat.of();

  private JsonText() {}

  /**
   * Appends a text in quotes. For any text, the result is one line and valid: half of a surrogate
   * pair becomes U+FFFD.
   */
  public static void quote(StringBuilder out, String text) {
    out.append('"');
    int length = text.length();
    int plain = 0;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x7f && c != '"' && c != '\\') continue;
      out.append(text, plain, i);
      i += append(out, text, i);
      plain = i + 1;
    }
    out.append(text, plain, length).append('"');
  }

  /** One character that is not plain; how many more than one have been taken. */
  private static int append(StringBuilder out, String text, int at) {
    char c = text.charAt(at);
    switch (c) {
      case '"', '\\' -> out.append('\\').append(c);
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (Character.isSurrogate(c)) return surrogate(out, text, at);
        if (c < 0xa0 || c == '\u2028' || c == '\u2029') escape(out, c);
        else out.append(c);
      }
    }
    return 0;
  }

  private static int surrogate(StringBuilder out, String text, int at) {
    boolean pair =
        at + 1 < text.length() && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1));
    if (pair) out.append(text, at, at + 2);
    else out.append('\ufffd');
    return pair ? 1 : 0;
  }

  private static void escape(StringBuilder out, char c) {
    HEX.toHexDigits(out.append("\\u"), (byte) (c >> 8));
    HEX.toHexDigits(out, (byte) c);
  }
}
