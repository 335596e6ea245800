package wsp.observe;

import java.util.HexFormat;
import wsp.envelope.FieldText;
import wsp.log.LogText;
import wsp.log.Redaction;
import wsp.log.Timestamp;

/**
 * The combined log format of the Apache server, with what is ours after it as {@code name="text"}
 * or {@code name=number}. Characters that could end a text, or are no printable ASCII, are escaped
 * as Apache does: {@code \"}, {@code \\}, {@code \n}, {@code \xhh}.
 */
record CombinedAccessLine(String peerName) implements AccessLine {
  private static final HexFormat HEX = HexFormat.of();

  /** Characters that would end a word, or make the line look like an object of JSON. */
  private static final String ONE_WORD = " {";

  /** The same, and the one that would be taken for the beginning of the time. */
  private static final String BEFORE_TIME = ONE_WORD + "[";

  @Override
  public void append(StringBuilder line, ExchangeRecord exchange) {
    word(line, host(exchange));
    line.append(" - ");
    word(line, fit(exchange.caller(), SHORT), BEFORE_TIME);
    line.append(" [");
    Timestamp.APACHE.append(line, exchange.receivedAtMillis());
    line.append("] \"");
    request(line, exchange);
    line.append("\" ").append(exchange.status()).append(' ');
    if (exchange.responseBytes() == 0) line.append('-');
    else line.append(exchange.responseBytes());
    line.append(' ');
    quoted(line, withoutQuery(exchange.visitor().referer()), LONG);
    line.append(' ');
    quoted(line, exchange.visitor().userAgent(), LONG);
    ours(line, exchange);
  }

  /** Of one that could not be read nothing is known; then Apache has a dash alone. */
  private static void request(StringBuilder line, ExchangeRecord exchange) {
    word(line, fit(exchange.method(), METHOD));
    if (exchange.method().equals(ExchangeRecord.METHOD_UNKNOWN) && exchange.destination().isEmpty())
      return;
    line.append(' ');
    word(line, fit(exchange.destination(), LONG));
    line.append(exchange.visitor().http11() ? " HTTP/1.1" : " HTTP/1.0");
  }

  private void ours(StringBuilder line, ExchangeRecord exchange) {
    text(line, "id", exchange.requestId(), SHORT);
    text(line, "traceparent", exchange.traceparent(), SHORT);
    text(line, peerName, exchange.peer(), SHORT);
    text(line, "outcome", AccessLine.outcome(exchange), SHORT);
    text(line, "failure", exchange.failure(), SHORT);
    text(line, "detail", exchange.detail(), LONG);
    text(line, "rule", exchange.rule(), LONG);
    line.append(" bytes_in=").append(exchange.requestBytes());
    time(line, "wait_ms", exchange, exchange.connectedAt());
    time(line, "head_ms", exchange, exchange.headAt());
    time(line, "total_ms", exchange, exchange.endedAt());
  }

  /** An address and nothing else: readers of this format take no line that begins otherwise. */
  private static String host(ExchangeRecord exchange) {
    String from = exchange.from();
    return AddressAlone.of(from.isEmpty() ? exchange.visitor().via() : from);
  }

  private static String withoutQuery(String url) {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query);
  }

  private static void text(StringBuilder line, String name, String text, int maxChars) {
    line.append(' ').append(name).append('=');
    quoted(line, text, maxChars);
  }

  private static void time(StringBuilder line, String name, ExchangeRecord exchange, long when) {
    line.append(' ').append(name).append('=');
    if (when == 0) line.append('-');
    else AccessLine.millis(line, when - exchange.receivedAt());
  }

  private static void quoted(StringBuilder line, String text, int maxChars) {
    line.append('"');
    if (text.isEmpty()) line.append('-');
    else escape(line, fit(text, maxChars), "");
    line.append('"');
  }

  /**
   * Without what is secret in URLs, and cut; {@link #escape} sees it as it came, not escaped for
   * other lines, which would be escaped once more.
   */
  private static String fit(String text, int maxChars) {
    return LogText.cut(Redaction.urls(text), maxChars);
  }

  private static void word(StringBuilder line, String text) {
    word(line, text, ONE_WORD);
  }

  private static void word(StringBuilder line, String text, String forbidden) {
    if (text.isEmpty()) line.append('-');
    else escape(line, text, forbidden);
  }

  private static void escape(StringBuilder line, String text, String forbidden) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') line.append('\\').append(c);
      else if (c == '\n') line.append("\\n");
      else if (c == '\r') line.append("\\r");
      else if (c == '\t') line.append("\\t");
      else if (c < ' ' || c == 0x7f || forbidden.indexOf(c) >= 0) hex(line, (byte) c);
      else if (c < 0x7f) line.append(c);
      else i += beyondAscii(line, text, i);
    }
  }

  /** The bytes as they came; how many more characters than one they are. */
  private static int beyondAscii(StringBuilder line, String text, int at) {
    int codePoint = text.codePointAt(at);
    int chars = Character.charCount(codePoint);
    byte[] bytes = FieldText.bytes(text.substring(at, at + chars));
    for (byte b : bytes) hex(line, b);
    return chars - 1;
  }

  private static void hex(StringBuilder line, byte b) {
    HEX.toHexDigits(line.append("\\x"), b);
  }
}
