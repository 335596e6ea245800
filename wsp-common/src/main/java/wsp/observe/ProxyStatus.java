package wsp.observe;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wsp.envelope.Headers;
import wsp.envelope.ResponseEnvelope;
import wsp.log.Redaction;
import wsp.text.Ascii;

/** The field that tells machines of an error (RFC 9209). */
public final class ProxyStatus {
  public static final String FIELD = "Proxy-Status";

  /** What our daemons are called there. */
  public static final String SERVER = "wsp-server";

  public static final String CLIENT = "wsp-client";

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

  /** A head that an origin has sent, without what it says in the name of either daemon. */
  public static ResponseEnvelope ofOrigin(ResponseEnvelope head) {
    if (!head.headers().has(FIELD)) return head;
    Headers passed = without(head.headers(), CLIENT, SERVER);
    return new ResponseEnvelope(head.status(), passed, head.contentLength());
  }

  /**
   * Fields that another party has sent, without what it says in the name of one of these: a name of
   * ours there says that we have said it. Elements of other proxies stay, as they came, unless one
   * is a string without an end, which is a list of nothing to some (RFC 9651 §4.2) and hides what
   * comes behind it from others: then the whole field goes.
   */
  public static Headers without(Headers fields, String... ours) {
    if (!fields.has(FIELD)) return fields;
    List<String> kept = new ArrayList<>();
    boolean all = true;
    for (String value : fields.all(FIELD)) {
      List<String> elements = elements(value);
      if (elements == null) return fields.without(n -> Ascii.equalsIgnoreCase(n, FIELD));
      for (String element : elements) {
        boolean named = names(element, ours);
        all &= !named;
        if (!named && !element.isEmpty()) kept.add(element);
      }
    }
    if (all) return fields;
    return kept.isEmpty()
        ? fields.without(n -> Ascii.equalsIgnoreCase(n, FIELD))
        : fields.with(FIELD, String.join(", ", kept));
  }

  /** Between the commas that stand in no string (RFC 9651 §3.1); null if one has no end. */
  private static @Nullable List<String> elements(String value) {
    List<String> elements = new ArrayList<>();
    boolean quoted = false;
    int from = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (quoted && c == '\\') i++;
      else if (c == '"') quoted = !quoted;
      else if (c == ',' && !quoted) {
        elements.add(Ascii.trim(value.substring(from, i)));
        from = i + 1;
      }
    }
    elements.add(Ascii.trim(value.substring(from)));
    return quoted ? null : elements;
  }

  /** By its first word, in quotes or not, or with nothing but one in front that hides it. */
  private static boolean names(String element, String... ours) {
    int from = 0;
    while (from < element.length() && !Ascii.isLetterOrDigit(element.charAt(from))) from++;
    for (String name : ours) {
      int end = from + name.length();
      boolean ends = end >= element.length() || !isToken(element.charAt(end));
      if (ends && Ascii.startsWithIgnoreCase(element, name, from)) return true;
    }
    return false;
  }

  private static boolean isToken(char c) {
    return Ascii.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.';
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
