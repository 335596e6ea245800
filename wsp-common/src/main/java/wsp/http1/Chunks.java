package wsp.http1;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes the framing of chunks (RFC 9112 §7.1). Stateless; safe for all threads. */
public final class Chunks {
  /** How many bytes a chunk's framing takes at most, and that of the last chunk after it. */
  public static final int OVERHEAD = 8 + 2 + 2 + 5;

  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LAST = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private Chunks() {}

  /** Appends one chunk; none for no bytes, since that would end the body. */
  public static void put(ByteBuffer out, ByteBuffer data) {
    int size = data.remaining();
    if (size == 0) return;
    int shift = (31 - Integer.numberOfLeadingZeros(size)) & ~3;
    for (; shift >= 0; shift -= 4) out.put(DIGITS[size >>> shift & 0xf]);
    out.put((byte) '\r').put((byte) '\n').put(data).put((byte) '\r').put((byte) '\n');
  }

  public static void end(ByteBuffer out) {
    out.put(LAST);
  }
}
