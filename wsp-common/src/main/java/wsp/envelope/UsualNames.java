package wsp.envelope;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names that most fields have, and those that are defined in another spelling than that of the
 * wire: {@code ETag} is {@code Etag} there. A name found here needs no string of its own, of which
 * a message would have ten, and is known to be a token. A fixed table: what peers send does not get
 * into it. Safe for all threads.
 *
 * <p>Names compare without case, but not everywhere: small WebSocket and SOAP programs look for the
 * very letters of the specification, and so does what was never behind a proxy.
 */
final class UsualNames {
  /** As they are defined, which is how they leave for callers and origins. */
  static final List<String> DEFINED =
      List.of(
          """
          Accept Accept-Encoding Accept-Language Accept-Ranges Access-Control-Allow-Origin Age
          Authorization Cache-Control Connection Content-Encoding Content-Length Content-MD5
          Content-Security-Policy Content-Type Cookie Date DAV DNT ETag Expires If-Modified-Since
          If-None-Match Keep-Alive Last-Modified Link Location MIME-Version NEL Origin Pragma
          Priority Range Referer Sec-CH-UA Sec-CH-UA-Mobile Sec-CH-UA-Platform Sec-Fetch-Dest
          Sec-Fetch-Mode Sec-Fetch-Site Sec-Fetch-User Sec-GPC Sec-WebSocket-Accept
          Sec-WebSocket-Extensions Sec-WebSocket-Key Sec-WebSocket-Protocol Sec-WebSocket-Version
          Server Set-Cookie SOAPAction SourceMap Strict-Transport-Security Traceparent
          Transfer-Encoding Upgrade-Insecure-Requests User-Agent Vary Via WWW-Authenticate
          X-Content-Type-Options X-CSRF-Token X-Forwarded-For X-Forwarded-Host X-Forwarded-Proto
          X-Frame-Options X-Proxy-Destination X-Real-IP X-Request-Id X-UA-Compatible
          X-XSS-Protection\
          """
              .split("\\s", -1));

  /** The same in the spelling of the wire. */
  static final List<String> NAMES = DEFINED.stream().map(FieldSyntax::inWireSpelling).toList();

  /** A power of two. */
  private static final int SLOTS = 256;

  private static final @Nullable String[] BY_HASH = new @Nullable String[SLOTS];
  private static final String[] DEFINED_BY_HASH = new String[SLOTS];

  static {
    for (int i = 0; i < NAMES.size(); i++) {
      String name = NAMES.get(i);
      int slot = hash(name, 0, name.length());
      BY_HASH[slot] = name;
      DEFINED_BY_HASH[slot] = DEFINED.get(i);
    }
  }

  private UsualNames() {}

  /**
   * The name that is this part of a text of the wire, which is not empty, as it is defined; null if
   * it is not a usual one.
   */
  static @Nullable String defined(String text, int from, int end) {
    int slot = hash(text, from, end);
    String name = BY_HASH[slot];
    boolean same = name != null && name.length() == end - from && text.startsWith(name, from);
    return same ? DEFINED_BY_HASH[slot] : null;
  }

  /** This name of the wire, which is not empty, as it is defined; itself if that is not known. */
  static String defined(String name) {
    String defined = defined(name, 0, name.length());
    return defined == null ? name : defined;
  }

  /** The name that these bytes are, of which there is at least one; null if not a usual one. */
  static @Nullable String find(byte[] bytes, int from, int end) {
    int length = end - from;
    int hash = hash(length, bytes[from], bytes[end - 1], bytes[from + late(length)]);
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
    return hash(length, s.charAt(from), s.charAt(end - 1), s.charAt(from + late(length)));
  }

  private static int late(int length) {
    return length * 3 / 4;
  }

  private static int hash(int length, int first, int last, int late) {
    return (length + first * 2 + last * 42 + late * 39) & (SLOTS - 1);
  }
}
