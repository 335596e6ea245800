package wsp.client.websocket;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import wsp.envelope.FieldSyntax;
import wsp.envelope.Headers;
import wsp.text.Ascii;

/** What a proxy asks for in a 407 (RFC 9110 §11.7.1). Stateless. */
final class Challenges {
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*+\"");

  private Challenges() {}

  /** The schemes that it offers, where Basic is none of them; otherwise empty. */
  static String withoutBasic(Headers answer) {
    Set<String> schemes = new LinkedHashSet<>();
    for (String value : answer.all("Proxy-Authenticate"))
      for (String element : QUOTED.matcher(value).replaceAll("").split(",", -1)) {
        String scheme = scheme(Ascii.trim(element));
        if (Ascii.equalsIgnoreCase(scheme, "Basic")) return "";
        if (FieldSyntax.isToken(scheme)) schemes.add(scheme);
      }
    return String.join(", ", schemes);
  }

  /** The first word, which is none if the element is a parameter of the scheme before. */
  private static String scheme(String element) {
    int end = element.indexOf(' ');
    if (end < 0) return element;
    boolean parameter = Ascii.trim(element.substring(end)).startsWith("=");
    return parameter ? "" : element.substring(0, end);
  }
}
