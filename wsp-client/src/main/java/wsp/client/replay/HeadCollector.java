package wsp.client.replay;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wsp.client.origin.Failure;
import wsp.client.origin.ReplayException;

/**
 * Puts the heads of responses together from what the socket brings. Empty lines before a head are
 * passed over (RFC 9112 §2.2), up to the size that a head may have. For one thread.
 */
final class HeadCollector {
  private final int maxBytes;
  private final ByteArrayOutputStream partial = new ByteArrayOutputStream(0);
  private int lineLength;
  private int passedOver;

  /** The last byte that was passed over is a CR whose LF has not come. */
  private boolean halfEmptyLine;

  /**
   * @param maxBytes of one head
   */
  HeadCollector(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Forgets what is there of a head. */
  void reset() {
    partial.reset();
    lineLength = 0;
    passedOver = 0;
    halfEmptyLine = false;
  }

  /** True if a part of a head is here. */
  boolean begun() {
    return partial.size() > 0;
  }

  /** The next head, or null if it is not all there yet; takes its bytes. */
  @Nullable ResponseHead next(ByteBuffer in) throws ReplayException {
    if (partial.size() == 0) passOverEmptyLines(in);
    if (!in.hasRemaining()) return null;
    int end = endOfHead(in);
    int n = (end < 0 ? in.limit() : end) - in.position();
    if (partial.size() + n > maxBytes) throw tooLarge();
    int from = in.arrayOffset() + in.position();
    if (end >= 0 && partial.size() == 0) {
      in.position(end);
      return ResponseHead.parse(in.array(), from, from + n);
    }
    partial.write(in.array(), from, n);
    in.position(in.position() + n);
    if (end < 0) return null;
    byte[] whole = partial.toByteArray();
    partial.reset();
    return ResponseHead.parse(whole, 0, whole.length);
  }

  private ReplayException tooLarge() {
    return new ReplayException(
        Failure.LARGE_HEAD, "the response's head is larger than " + maxBytes + " bytes");
  }

  private void passOverEmptyLines(ByteBuffer in) throws ReplayException {
    for (; in.hasRemaining(); in.position(in.position() + 1)) {
      byte b = in.get(in.position());
      if (b != '\n' && (b != '\r' || halfEmptyLine)) break;
      halfEmptyLine = b == '\r';
      if (++passedOver > maxBytes) throw tooLarge();
    }
    if (halfEmptyLine && in.hasRemaining())
      throw ResponseHead.invalid("a CR without its LF is before it");
  }

  /** The position after the empty line, or -1. */
  private int endOfHead(ByteBuffer in) {
    byte[] bytes = in.array();
    int base = in.arrayOffset();
    for (int i = base + in.position(); i < base + in.limit(); i++) {
      byte b = bytes[i];
      if (b == '\n') {
        if (lineLength == 0) return i + 1 - base;
        lineLength = 0;
      } else if (b != '\r') {
        lineLength++;
      }
    }
    return -1;
  }
}
