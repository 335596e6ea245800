package wsp.client.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import wsp.envelope.FieldSyntax;
import wsp.envelope.Headers;
import wsp.text.Ascii;

/**
 * The text of an answer that refuses, as far as it is of use to a person: its first line, or a web
 * page without its markup. Not for several threads.
 */
final class Refusal {
  /** Bytes of a body that are looked at. */
  private static final int MAX_BODY = 2000;

  private static final int MAX_WORDS = 200;
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*+\"");

  /** Why there is no WebSocket. */
  final Handshake.RefusedException cause;

  private final Headers fields;
  private final StringBuilder body = new StringBuilder();

  Refusal(Handshake.RefusedException cause) {
    this.cause = cause;
    this.fields = cause.fields;
  }

  DialFailure failure(boolean atProxy) {
    boolean asks = atProxy && cause.status == 407;
    String wants = asks ? schemesWithoutBasic() : "";
    return new DialFailure(atProxy, cause.status, wants, text(), cause);
  }

  /** A piece of the body; true if no more is needed. */
  boolean add(ByteBuffer bytes) {
    String piece = StandardCharsets.ISO_8859_1.decode(bytes).toString();
    body.append(piece, 0, Math.min(piece.length(), MAX_BODY - body.length()));
    return body.length() >= length();
  }

  private int length() {
    String length = fields.first("Content-Length");
    if (length == null || !length.matches("[0-9]{1,9}")) return MAX_BODY;
    return (int) Math.min(MAX_BODY, Ascii.number(length, 9));
  }

  String text() {
    String text = body.toString();
    if (fields.has("Transfer-Encoding")) text = text.replaceAll("(?m)^[0-9a-fA-F]{1,8}\\r?$", "");
    String type = Ascii.lower(String.valueOf(fields.first("Content-Type")));
    if (type.contains("html"))
      text = text.replaceAll("(?is)<(style|script|head)\\b.*?</\\1>|<[^>]*>", " ");
    else text = text.replaceFirst("^\\s+", "").lines().findFirst().orElse("");
    text = Ascii.trim(text.replaceAll("\\s+", " "));
    return text.length() <= MAX_WORDS ? text : text.substring(0, MAX_WORDS) + "…";
  }

  /** What a proxy asks for (RFC 9110 §11.7.1), where Basic is not among it; otherwise empty. */
  private String schemesWithoutBasic() {
    Set<String> schemes = new LinkedHashSet<>();
    for (String value : fields.all("Proxy-Authenticate"))
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
