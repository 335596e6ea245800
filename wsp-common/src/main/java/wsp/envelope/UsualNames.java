package wsp.envelope;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names that most fields have, in the spelling of the wire. A name found here needs no string
 * of its own, of which a message would have ten, and is known to be a token. A fixed table: what
 * peers send does not get into it. Safe for all threads.
 */
final class UsualNames {
  static final List<String> NAMES =
      List.of(
          """
          Accept Accept-Encoding Accept-Language Accept-Ranges Access-Control-Allow-Origin Age
          Authorization Cache-Control Connection Content-Encoding Content-Length
          Content-Security-Policy Content-Type Cookie Date Etag Expires If-Modified-Since
          If-None-Match Keep-Alive Last-Modified Link Location Origin Pragma Priority Range
          Referer Sec-Ch-Ua Sec-Ch-Ua-Mobile Sec-Ch-Ua-Platform Sec-Fetch-Dest Sec-Fetch-Mode
          Sec-Fetch-Site Sec-Fetch-User Server Set-Cookie Strict-Transport-Security
          Traceparent Transfer-Encoding Upgrade-Insecure-Requests User-Agent Vary Via
          X-Content-Type-Options X-Forwarded-For X-Forwarded-Host X-Forwarded-Proto
          X-Frame-Options X-Proxy-Destination X-Real-Ip X-Request-Id\
          """
              .split("\\s", -1));

  /** A power of two. */
  private static final int SLOTS = 256;

  private static final @Nullable String[] BY_HASH = new @Nullable String[SLOTS];

  static {
    for (String name : NAMES) BY_HASH[hash(name, 0, name.length())] = name;
  }

  private UsualNames() {}

  /** The name that is this part of the text, which is not empty; null if it is not a usual one. */
  static @Nullable String find(String text, int from, int end) {
    String name = BY_HASH[hash(text, from, end)];
    boolean same = name != null && name.length() == end - from && text.startsWith(name, from);
    return same ? name : null;
  }

  /** The name that these bytes are, of which there is at least one; null if not a usual one. */
  static @Nullable String find(byte[] bytes, int from, int end) {
    int length = end - from;
    int hash = hash(length, bytes[end - 1], bytes[from + late(length)]);
    String name = BY_HASH[hash];
    if (name == null || name.length() != length) return null;
    for (int i = 0; i < length; i++) if (bytes[from + i] != name.charAt(i)) return null;
    return name;
  }

  /** True for one of them, in this spelling. */
  static boolean isOne(String name) {
    return !name.isEmpty() && name.equals(BY_HASH[hash(name, 0, name.length())]);
  }

  /**
   * Where a name stands. With these factors, which were looked for, no two of the names share a
   * slot.
   */
  private static int hash(String s, int from, int end) {
    int length = end - from;
    return hash(length, s.charAt(end - 1), s.charAt(from + late(length)));
  }

  private static int late(int length) {
    return length * 3 / 4;
  }

  private static int hash(int length, int last, int late) {
    return (length + last * 2 + late * 28) & (SLOTS - 1);
  }
}
