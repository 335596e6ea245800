package wsp.bench.traffic;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * An HTTP message that is being read: its head, then a body of the {@link Pattern} with a
 * Content-Length. For one connection and one thread.
 */
final class Incoming {
  private static final int MAX_HEAD = 16 * 1024;
  private static final long HEAD_OPEN = -1;
  private static final String LENGTH = "\r\ncontent-length:";

  private byte[] head = new byte[512];
  private int headLength;
  private long length = HEAD_OPEN;
  private long received;
  private boolean asExpected = true;

  /** Takes bytes up to the end of the message; true once it is whole. */
  boolean take(ByteBuffer in) throws IOException {
    if (length == HEAD_OPEN && !takeHead(in)) return false;
    int n = (int) Math.min(length - received, in.remaining());
    if (n > 0) asExpected &= Pattern.matches(in.slice(in.position(), n), received);
    in.position(in.position() + n);
    received += n;
    return received == length;
  }

  private boolean takeHead(ByteBuffer in) throws IOException {
    while (in.hasRemaining()) {
      if (headLength == MAX_HEAD) throw new IOException("a head of over " + MAX_HEAD + " bytes");
      if (headLength == head.length) head = Arrays.copyOf(head, 2 * head.length);
      head[headLength++] = in.get();
      if (head[headLength - 1] == '\n' && headLength >= 4 && head[headLength - 3] == '\n') {
        length = contentLength(text().toLowerCase(Locale.ROOT));
        return true;
      }
    }
    return false;
  }

  private static long contentLength(String head) {
    int at = head.indexOf(LENGTH);
    if (at < 0) return 0;
    return Long.parseLong(
        head.substring(at + LENGTH.length(), head.indexOf('\r', at + LENGTH.length())).strip());
  }

  private String text() {
    return new String(head, 0, headLength, StandardCharsets.ISO_8859_1);
  }

  /** The first line of a message whose head is whole. */
  String startLine() {
    String text = text();
    return text.substring(0, text.indexOf('\r'));
  }

  /** Bytes of the body, by its head. */
  long length() {
    return length;
  }

  /** True if the body was the pattern so far. */
  boolean bodyIsRight() {
    return asExpected;
  }

  /** Ready for the next message. */
  void reset() {
    headLength = 0;
    length = HEAD_OPEN;
    received = 0;
    asExpected = true;
  }
}
