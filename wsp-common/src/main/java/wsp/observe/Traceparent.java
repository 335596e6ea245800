package wsp.observe;

import java.util.List;
import wsp.envelope.Headers;

/** The field of that name, as W3C Trace Context §3.2 has it; anything else is no trace. */
public final class Traceparent {
  private static final String FIELD = "traceparent";

  /** Version, trace, parent and flags, with the dashes between: all of version 00. */
  private static final int LENGTH = 55;

  private Traceparent() {}

  /**
   * That of the fields, if there is exactly one and it is one; or else empty. A later version may
   * have more behind another dash, of which only the part that is known is taken.
   */
  public static String of(Headers fields) {
    List<String> given = fields.all(FIELD);
    if (given.size() != 1 || given.get(0).length() < LENGTH) return "";
    String text = given.get(0);
    boolean whole = text.length() == LENGTH;
    boolean later = !whole && text.charAt(LENGTH) == '-' && !text.startsWith("00");
    if (!isValid(text) || !(whole || later)) return "";
    return whole ? text : text.substring(0, LENGTH);
  }

  private static boolean isValid(String text) {
    return isHex(text, 0, 2)
        && !text.startsWith("ff")
        && text.charAt(2) == '-'
        && isHex(text, 3, 35)
        && !isZero(text, 3, 35)
        && text.charAt(35) == '-'
        && isHex(text, 36, 52)
        && !isZero(text, 36, 52)
        && text.charAt(52) == '-'
        && isHex(text, 53, 55);
  }

  /** In lower case alone. */
  private static boolean isHex(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) return false;
    }
    return true;
  }

  private static boolean isZero(String text, int from, int to) {
    for (int i = from; i < to; i++) if (text.charAt(i) != '0') return false;
    return true;
  }
}
