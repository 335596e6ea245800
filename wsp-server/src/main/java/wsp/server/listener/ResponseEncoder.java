package wsp.server.listener;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
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
  private static final Map<Integer, String> REASONS =
      Map.ofEntries(
          Map.entry(200, "OK"),
          Map.entry(201, "Created"),
          Map.entry(202, "Accepted"),
          Map.entry(204, "No Content"),
          Map.entry(206, "Partial Content"),
          Map.entry(301, "Moved Permanently"),
          Map.entry(302, "Found"),
          Map.entry(303, "See Other"),
          Map.entry(304, "Not Modified"),
          Map.entry(307, "Temporary Redirect"),
          Map.entry(308, "Permanent Redirect"),
          Map.entry(400, "Bad Request"),
          Map.entry(401, "Unauthorized"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not Found"),
          Map.entry(405, "Method Not Allowed"),
          Map.entry(408, "Request Timeout"),
          Map.entry(409, "Conflict"),
          Map.entry(413, "Content Too Large"),
          Map.entry(417, "Expectation Failed"),
          Map.entry(426, "Upgrade Required"),
          Map.entry(429, "Too Many Requests"),
          Map.entry(431, "Request Header Fields Too Large"),
          Map.entry(500, "Internal Server Error"),
          Map.entry(501, "Not Implemented"),
          Map.entry(502, "Bad Gateway"),
          Map.entry(503, "Service Unavailable"),
          Map.entry(504, "Gateway Timeout"),
          Map.entry(526, "WSP Server Error"),
          Map.entry(527, "WSP Client Error"));

  private record Now(long second, String text) {}

  private static volatile Now now = new Now(-1, "");

  private ResponseEncoder() {}

  /**
   * A status line and fields; {@code Date} is added where the origin gave none (RFC 9110 §6.6.1).
   */
  static byte[] head(int status, Headers headers) {
    StringBuilder s = new StringBuilder(256);
    s.append("HTTP/1.1 ")
        .append(status)
        .append(' ')
        .append(REASONS.getOrDefault(status, ""))
        .append("\r\n");
    headers.forEach((name, value) -> s.append(name).append(": ").append(value).append("\r\n"));
    if (status >= 200 && !headers.has("Date")) s.append("Date: ").append(date()).append("\r\n");
    s.append("\r\n");
    // Beyond ASCII values are UTF-8, as they came; never the low bytes of wide characters, which
    // could be CR and LF.
    return s.toString().getBytes(StandardCharsets.UTF_8);
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
