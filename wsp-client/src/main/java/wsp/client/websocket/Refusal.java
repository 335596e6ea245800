package wsp.client.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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

  private final Handshake.RefusedException cause;
  private final Headers fields;
  private final StringBuilder body = new StringBuilder();

  Refusal(Handshake.RefusedException cause) {
    this.cause = cause;
    this.fields = cause.fields();
  }

  /** Why there is no WebSocket. */
  Handshake.RefusedException cause() {
    return cause;
  }

  /**
   * The failure that it is.
   *
   * @param atProxy whether it is the proxy's
   */
  DialFailure failure(boolean atProxy) {
    boolean asks = atProxy && cause.status() == 407;
    String wants = asks ? Challenges.withoutBasic(fields) : "";
    return new DialFailure(atProxy, cause.status(), wants, text(), cause);
  }

  /**
   * A piece of the body.
   *
   * @return true if no more is needed
   */
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

  /** What there is so far. */
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
}
