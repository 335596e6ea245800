package wsp.client.httpclient;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A word of its own that each request is given, in a field by which a {@link Dialogue} can tell
 * whose head it is that {@code HttpClient} sends: nothing else of the head is the request's alone,
 * for callers choose method, target and id. The field is taken out of heads of HTTP/1.1 before they
 * leave. Stateless.
 */
final class Word {
  /** What has it. An origin gets it over HTTP/2 alone; one of a caller's goes no further. */
  static final String FIELD = "wsp-exchange";

  private static final int RANDOM_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] LINE = ("\r\n" + FIELD + ": ").getBytes(StandardCharsets.US_ASCII);
  private static final int CHARS = 2 * RANDOM_BYTES;

  private Word() {}

  /** A new one, which nobody could guess. */
  static String make() {
    byte[] bytes = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * Takes the field out of a head, in place: what comes before it moves, and begins later.
   *
   * @param head all of it, as HttpClient makes it, and perhaps more behind it
   * @return the word; null if there is none
   */
  static @Nullable String takeFrom(ByteBuffer head) {
    int line = lineIn(head);
    if (line < 0) return null;
    byte[] word = new byte[CHARS];
    head.get(line + LINE.length, word);
    int from = head.position();
    int length = LINE.length + CHARS;
    for (int i = line - 1; i >= from; i--) head.put(i + length, head.get(i));
    head.position(from + length);
    return new String(word, StandardCharsets.US_ASCII);
  }

  /** Where it begins, before the end of the head; -1 for nowhere. */
  private static int lineIn(ByteBuffer head) {
    int last = head.limit() - LINE.length - CHARS;
    for (int i = head.position(); i <= last; i++) {
      if (head.get(i) != '\r') continue;
      if (head.get(i + 2) == '\r') return -1;
      if (matches(head, i)) return i;
    }
    return -1;
  }

  private static boolean matches(ByteBuffer head, int at) {
    for (int i = 0; i < LINE.length; i++) if (head.get(at + i) != LINE[i]) return false;
    return true;
  }
}
