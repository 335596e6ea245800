package wsp.bench.traffic;

import java.nio.ByteBuffer;
import java.util.Random;

/**
 * What every body is made of: bytes that can be checked at any offset and are stored nowhere. Safe
 * for all threads.
 */
final class Pattern {
  private static final int PERIOD = 1 << 16;

  /** Two periods, so that one can be sliced off from anywhere in the first. */
  private static final ByteBuffer BYTES = bytes();

  private Pattern() {}

  private static ByteBuffer bytes() {
    byte[] period = new byte[PERIOD];
    new Random(1).nextBytes(period);
    return ByteBuffer.allocateDirect(2 * PERIOD).put(period).put(period).flip();
  }

  /** The bytes from an offset, at most a period of them. */
  static ByteBuffer from(long offset, long length) {
    return BYTES.slice((int) (offset % PERIOD), (int) Math.min(length, PERIOD));
  }

  /** True if a piece is what stands at this offset; consumes the piece. */
  static boolean matches(ByteBuffer piece, long offset) {
    long at = offset;
    while (piece.hasRemaining()) {
      ByteBuffer expected = from(at, piece.remaining());
      int n = expected.remaining();
      if (!expected.equals(piece.slice(piece.position(), n))) return false;
      piece.position(piece.position() + n);
      at += n;
    }
    return true;
  }
}
