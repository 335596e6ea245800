package wsp.observe;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import wsp.envelope.Headers;
import wsp.log.Redaction;

/**
 * The name of a request in the logs of all hops on its way: the field {@value #FIELD}, taken where
 * the caller sends a usable one, or else made.
 */
public final class RequestId {
  public static final String FIELD = "X-Request-Id";

  private static final int MAX_CHARS = 128;
  private static final char[] HEX = "0123456789abcdef".toCharArray();
  private static final boolean[] PLAIN = new boolean[128];

  static {
    for (char c = 'a'; c <= 'z'; c++) PLAIN[c] = true;
    for (char c = 'A'; c <= 'Z'; c++) PLAIN[c] = true;
    for (char c = '0'; c <= '9'; c++) PLAIN[c] = true;
    for (char c : "-._~:/+=@".toCharArray()) PLAIN[c] = true;
  }

  private RequestId() {}

  /**
   * That of the fields, if there is exactly one and it can stand in a log as it is: 1 to 128
   * letters, digits and {@code -._~:/+=@}, and no secret of a URL, which a log would mask.
   * Otherwise a new one.
   */
  public static String of(Headers fields) {
    List<String> given = fields.all(FIELD);
    return given.size() == 1 && isUsable(given.get(0)) ? given.get(0) : make();
  }

  /**
   * These fields with that id in the place of any other. So it is on the way to the origin, where
   * it replaces one that is not usable, and on the way back to the caller, where it replaces an id
   * of the origin's own: what the caller is told is what stands in the logs of everybody in
   * between, and an origin that echoes the id it was sent means the same.
   */
  public static Headers on(Headers fields, String id) {
    return fields.with(FIELD, id);
  }

  /** 128 random bits in hexadecimal digits; unique, but nothing that could not be guessed. */
  private static String make() {
    char[] digits = new char[32];
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long bits = 0;
    for (int i = 0; i < digits.length; i++) {
      if (i % 16 == 0) bits = random.nextLong();
      digits[i] = HEX[(int) (bits & 15)];
      bits >>>= 4;
    }
    return new String(digits);
  }

  private static boolean isUsable(String id) {
    if (id.isEmpty() || id.length() > MAX_CHARS) return false;
    for (int i = 0; i < id.length(); i++) if (!isPlain(id.charAt(i))) return false;
    return Redaction.urls(id).equals(id);
  }

  private static boolean isPlain(char c) {
    return c < PLAIN.length && PLAIN[c];
  }
}
