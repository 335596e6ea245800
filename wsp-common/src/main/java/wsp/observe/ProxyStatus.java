package wsp.observe;

import org.jspecify.annotations.Nullable;
import wsp.log.Redaction;

/** The field that tells machines of an error (RFC 9209). */
public final class ProxyStatus {
  public static final String FIELD = "Proxy-Status";

  private static final int MAX_DETAILS = 300;

  private ProxyStatus() {}

  /**
   * Its value, without secrets.
   *
   * @param proxy who says so
   * @param error the type of RFC 9209 §2.3; null where there is none
   * @param nextHop the hop that it tried to reach; empty for none
   * @param details in words; a character that is not printable ASCII becomes a question mark
   */
  public static String of(String proxy, @Nullable String error, String nextHop, String details) {
    StringBuilder value = new StringBuilder(proxy);
    if (error != null) value.append("; error=").append(error);
    if (!nextHop.isEmpty()) string(value.append("; next-hop="), nextHop);
    if (!details.isEmpty()) string(value.append("; details="), Redaction.urls(details));
    return value.toString();
  }

  /** The words of a value that {@link #of} has made; empty where there are none. */
  public static String details(String value) {
    String opens = "; details=\"";
    int at = value.indexOf(opens);
    if (at < 0) return "";
    StringBuilder words = new StringBuilder();
    for (int i = at + opens.length(); i < value.length() && value.charAt(i) != '"'; i++) {
      if (value.charAt(i) == '\\' && i + 1 < value.length()) i++;
      char c = value.charAt(i);
      words.append(c >= ' ' && c < 0x7f ? c : '?');
    }
    return words.toString();
  }

  /** RFC 9651 §3.3.3. */
  private static void string(StringBuilder value, String text) {
    value.append('"');
    for (int i = 0; i < Math.min(text.length(), MAX_DETAILS); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') value.append('\\');
      value.append(c >= ' ' && c < 0x7f ? c : '?');
    }
    value.append('"');
  }
}
