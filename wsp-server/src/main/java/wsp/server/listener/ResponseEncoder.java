package wsp.server.listener;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import wsp.envelope.HeadBytes;
import wsp.envelope.Headers;

/**
 * Responses as bytes (RFC 9112 §4, §7.1). Stateless but for the clock's last second; safe for all
 * threads.
 */
final class ResponseEncoder {
  private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final String[] REASONS = new String[1000];

  static {
    Arrays.fill(REASONS, "");
    REASONS[200] = "OK";
    REASONS[201] = "Created";
    REASONS[202] = "Accepted";
    REASONS[204] = "No Content";
    REASONS[206] = "Partial Content";
    REASONS[301] = "Moved Permanently";
    REASONS[302] = "Found";
    REASONS[303] = "See Other";
    REASONS[304] = "Not Modified";
    REASONS[307] = "Temporary Redirect";
    REASONS[308] = "Permanent Redirect";
    REASONS[400] = "Bad Request";
    REASONS[401] = "Unauthorized";
    REASONS[403] = "Forbidden";
    REASONS[404] = "Not Found";
    REASONS[405] = "Method Not Allowed";
    REASONS[408] = "Request Timeout";
    REASONS[409] = "Conflict";
    REASONS[413] = "Content Too Large";
    REASONS[417] = "Expectation Failed";
    REASONS[426] = "Upgrade Required";
    REASONS[429] = "Too Many Requests";
    REASONS[431] = "Request Header Fields Too Large";
    REASONS[500] = "Internal Server Error";
    REASONS[501] = "Not Implemented";
    REASONS[502] = "Bad Gateway";
    REASONS[503] = "Service Unavailable";
    REASONS[504] = "Gateway Timeout";
    REASONS[505] = "HTTP Version Not Supported";
    REASONS[526] = "WSP Server Error";
    REASONS[527] = "WSP Client Error";
  }

  private record Now(long second, String text) {}

  private static volatile Now now = new Now(-1, "");

  private ResponseEncoder() {}

  /** A whole head. */
  static byte[] head(int status, Headers headers) {
    return end(begin(status, headers));
  }

  /** A whole answer in plain text, which is the last one of its connection. */
  static ByteBuffer lastWords(int status, Headers more, String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    Headers.Builder fields = new Headers.Builder().add("Content-Type", "text/plain; charset=utf-8");
    fields.add("Content-Length", Integer.toString(body.length)).add("Connection", "close");
    more.forEach(fields::add);
    byte[] head = head(status, fields.build());
    return ByteBuffer.allocate(head.length + body.length).put(head).put(body).flip();
  }

  /**
   * A status line and fields; {@code Date} is added where the origin gave none (RFC 9110 §6.6.1).
   */
  static HeadBytes begin(int status, Headers headers) {
    HeadBytes out = new HeadBytes();
    out.ascii("HTTP/1.1 ").ascii(Integer.toString(status)).ascii(" ");
    out.ascii(REASONS[status]).ascii("\r\n");
    headers.forEach(out::field);
    if (status >= 200 && !headers.has("Date")) out.field("Date", date());
    return out;
  }

  /** The end of the head, and all of it in bytes. */
  static byte[] end(HeadBytes out) {
    return out.ascii("\r\n").toArray();
  }

  /** How many bytes a chunk's framing takes at most, and that of the last chunk after it. */
  static final int CHUNK_OVERHEAD = 8 + 2 + 2 + 5;

  /** Appends one chunk; none for no bytes, since that would end the body. */
  static void chunk(ByteBuffer out, ByteBuffer data) {
    if (!data.hasRemaining()) return;
    out.put(Integer.toHexString(data.remaining()).getBytes(StandardCharsets.US_ASCII));
    out.put((byte) '\r').put((byte) '\n').put(data).put((byte) '\r').put((byte) '\n');
  }

  /** Ends the chunks. */
  static void lastChunk(ByteBuffer out) {
    out.put(LAST_CHUNK);
  }

  private static String date() {
    long second = System.currentTimeMillis() / 1000;
    Now last = now;
    if (last.second != second)
      now = last = new Now(second, DATE.format(Instant.ofEpochSecond(second)));
    return last.text;
  }
}
