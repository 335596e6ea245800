package wsp.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A line of the log in the making, as the bytes that are written: an event, a string builder and a
 * string for each line would be most of what a line costs. For one thread.
 */
public final class LineBuffer {
  private static final int USUAL = 1024;

  private static final boolean[] PLAIN = new boolean[0x7f];

  static {
    Arrays.fill(PLAIN, ' ', PLAIN.length, true);
    PLAIN['@'] = false;
    PLAIN['='] = false;
  }

  private byte[] bytes = new byte[USUAL];
  private int length;
  private int message;

  LineBuffer() {}

  /** Empty again; what had to be very large is not kept. */
  void reset() {
    if (bytes.length > 8 * USUAL) bytes = new byte[USUAL];
    length = 0;
    message = 0;
  }

  /** Ends the part that every line has; the message begins. */
  void message() {
    message = length;
  }

  /** Whether there is anything before the message. */
  boolean hasHead() {
    return message > 0;
  }

  void leave(LineQueue queue, boolean now) {
    queue.add(bytes, length, now);
  }

  String messageText() {
    return new String(bytes, message, length - message, StandardCharsets.UTF_8);
  }

  private void room(int more) {
    if (length + more > bytes.length)
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
  }

  public LineBuffer ascii(char c) {
    room(1);
    bytes[length++] = (byte) c;
    return this;
  }

  /** Appends what is known to be printable ASCII, and no secret. */
  public LineBuffer ascii(String text) {
    int n = text.length();
    room(n);
    copy(text, n);
    length += n;
    return this;
  }

  // That method is deprecated since it drops half of a character; these have none to lose.
  @SuppressWarnings("deprecation")
  private void copy(String text, int n) {
    text.getBytes(0, n, bytes, length);
  }

  /** Appends any text, without secrets of URLs, made fit for a line, and cut. */
  public LineBuffer text(String text, int maxChars) {
    int n = text.length();
    if (n <= maxChars && isPlain(text)) return ascii(text);
    byte[] clean = LogText.clean(text, maxChars).getBytes(StandardCharsets.UTF_8);
    room(clean.length);
    System.arraycopy(clean, 0, bytes, length, clean.length);
    length += clean.length;
    return this;
  }

  /** Whether it neither has to be escaped nor can hold a secret of a URL. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= PLAIN.length || !PLAIN[c]) return false;
    }
    return true;
  }

  public LineBuffer number(long n) {
    if (n >= 10) number(n / 10);
    return ascii((char) ('0' + n % 10));
  }

  /** Appends nanoseconds as milliseconds with three decimals; less than none is none. */
  public LineBuffer millis(long nanos) {
    long micros = Math.max(0, nanos) / 1000;
    number(micros / 1000).ascii('.');
    return decimals((int) (micros % 1000));
  }

  LineBuffer decimals(int n) {
    return ascii((char) ('0' + n / 100))
        .ascii((char) ('0' + n / 10 % 10))
        .ascii((char) ('0' + n % 10));
  }
}
