package wsp.server.listener;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import wsp.envelope.FieldNames;
import wsp.envelope.Headers;
import wsp.envelope.UpgradeField;
import wsp.http1.BodyReader;
import wsp.http1.HeadWriter;
import wsp.http1.RequestHead;
import wsp.observe.ProxyStatus;

/**
 * Heads of responses with what this hop adds to them. Stateless but for the clock's last second;
 * safe for all threads.
 */
final class ResponseHeads {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private record Now(long second, String text) {}

  private static volatile Now now = new Now(-1, "");

  /** Fields of a response that this hop alone sets. */
  private static final FieldNames OURS =
      FieldNames.of("connection", "content-length", "transfer-encoding");

  /** The same where there are no chunks: trailers are told of only where there can be some. */
  private static final FieldNames OURS_UNCHUNKED = OURS.and(FieldNames.of("trailer"));

  private ResponseHeads() {}

  /** {@code Date} is added where the origin gave none (RFC 9110 §6.6.1). */
  private static HeadWriter begin(int status, Headers headers) {
    return begin(HeadWriter.response(status), status, headers);
  }

  private static HeadWriter begin(HeadWriter line, int status, Headers headers) {
    HeadWriter out = line.fields(headers);
    return status < 200 || headers.has("Date") ? out : out.field("Date", date());
  }

  /** A head that another one follows. */
  static ByteBuffer interim(int status, Headers headers) {
    return HeadWriter.response(status).fields(headers.without(OURS)).end();
  }

  /** The head behind which bytes go both ways as they are. */
  static ByteBuffer upgrade(int status, Headers headers) {
    HeadWriter out = begin(status, headers.without(OURS_UNCHUNKED));
    if (status == 101) out.field("Connection", UpgradeField.NAME);
    return out.end();
  }

  /**
   * The head of the answer to a request.
   *
   * @param body how its end is known
   * @param length of the body; -1 if it is not known
   * @param keepAlive whether another answer may follow on the connection
   */
  static ByteBuffer answer(
      RequestHead asked,
      int status,
      Headers headers,
      ResponseFraming.Kind body,
      long length,
      boolean keepAlive) {
    boolean chunked = body == ResponseFraming.Kind.CHUNKED;
    HeadWriter out = begin(asked, status, headers.without(chunked ? OURS : OURS_UNCHUNKED));
    if (length >= 0 && status != 204) out.framing(length);
    if (chunked) out.framing(BodyReader.CHUNKED);
    // Beside the field it has to be told that it is the connection's (RFC 9110 §7.8).
    if (UpgradeField.isOf(status) && headers.has(UpgradeField.NAME))
      out.field("Connection", UpgradeField.NAME);
    if (!keepAlive) out.field("Connection", "close");
    else if (!asked.http11()) out.field("Connection", "keep-alive");
    return out.end();
  }

  /**
   * Status line and fields of the answer to a request. One that refuses a CONNECT has its words in
   * the status line, too: of such an answer most programs show nothing else to their users.
   */
  private static HeadWriter begin(RequestHead asked, int status, Headers headers) {
    if (asked.form() != RequestHead.Form.AUTHORITY) return begin(status, headers);
    String told = headers.first(ProxyStatus.FIELD);
    String words = told == null ? "" : ProxyStatus.details(told);
    if (words.isEmpty()) return begin(status, headers);
    return begin(HeadWriter.response(status, words), status, headers);
  }

  /** A whole answer in plain text, which is the last one of its connection. */
  static ByteBuffer lastWords(int status, Headers more, String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    Headers fields = Headers.of("Content-Type", "text/plain; charset=utf-8");
    HeadWriter out = begin(status, fields).framing(body.length).field("Connection", "close");
    ByteBuffer head = out.fields(more).end();
    return ByteBuffer.allocate(head.remaining() + body.length).put(head).put(body).flip();
  }

  private static String date() {
    long second = System.currentTimeMillis() / 1000;
    Now last = now;
    if (last.second != second)
      now = last = new Now(second, DATE.format(Instant.ofEpochSecond(second)));
    return last.text;
  }
}
