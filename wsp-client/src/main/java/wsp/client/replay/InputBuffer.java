package wsp.client.replay;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wsp.net.ThreadBuffers;

/**
 * What one connection reads into: its I/O thread's buffer as long as every piece is used up at
 * once, and one of its own from the first that is not. Reading pauses while a piece is in use, so
 * that its buffer is free at the next read. Of the I/O thread.
 */
final class InputBuffer {
  /** With its header and mask, a frame with so much is what the WebSocket writes at once. */
  private static final int PIECE = 16 * 1024 - 8;

  /** For bodies that come faster than that: with its framing, a server reads it at once. */
  private static final int LARGE = 64 * 1024 - 32;

  private static final ThreadBuffers SHARED = new ThreadBuffers(PIECE);
  private static final ThreadBuffers SHARED_LARGE = new ThreadBuffers(LARGE);

  /** Of the piece that was handed on last. */
  private enum Use {
    NONE,
    LASTS,
    /** It is the last of its response: the connection may be on with the next one. */
    GONE
  }

  private final boolean secure;
  private Use use = Use.NONE;

  /** What is in use of it is a copy. */
  private boolean copied;

  /** The last read left no room. */
  private boolean full;

  private @Nullable ByteBuffer own;

  /** Over TLS, pieces come even while reading pauses. */
  InputBuffer(boolean secure) {
    this.secure = secure;
  }

  /** An empty buffer, for one read. */
  ByteBuffer take() {
    use = Use.NONE;
    ByteBuffer in = own;
    own = null;
    return in != null ? in.clear() : SHARED.take();
  }

  /** The read left no room, or did. */
  void full(boolean is) {
    full = is;
  }

  /**
   * The same as {@link #take()}, and larger where there may be much more and that would go on at
   * once: a piece that waits should take little memory.
   */
  ByteBuffer takeFor(@Nullable Replay reader) {
    int bytes = !full || own != null || reader == null ? 0 : reader.sink.takesAtOnce();
    if (bytes <= PIECE) return take();
    use = Use.NONE;
    return SHARED_LARGE.take().limit(Math.min(bytes, LARGE));
  }

  /** The same, for so many bytes or more. */
  ByteBuffer take(int bytes) {
    ByteBuffer in = take();
    return in.capacity() >= bytes ? in : ByteBuffer.allocate(bytes);
  }

  /** A piece of the buffer was handed on, and perhaps not used up. */
  void handedOn(boolean taken, boolean last, boolean copies) {
    copied = copies;
    use = taken ? Use.NONE : last ? Use.GONE : Use.LASTS;
  }

  /** True if nobody uses what was read last. */
  boolean isFree() {
    return use == Use.NONE;
  }

  /** The read is over, and what it brought was handed on. */
  void giveBack(ByteBuffer in) {
    if (use == Use.GONE && !copied) return;
    if (use != Use.LASTS || copied) (in.capacity() == LARGE ? SHARED_LARGE : SHARED).giveBack(in);
    else if (!secure) own = in;
  }
}
