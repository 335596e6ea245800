package wsp.client.replay;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wsp.client.net.ThreadBuffers;

/**
 * What one connection reads into: its I/O thread's buffer as long as every piece is used up at
 * once, and one of its own from the first that is not. Reading pauses while a piece is in use, so
 * that its buffer is free at the next read. Of the I/O thread.
 */
final class InputBuffer {
  private static final ThreadBuffers SHARED = new ThreadBuffers(OriginConnection.PIECE);

  private final boolean secure;

  /** The piece that was handed on last is still in use. */
  private boolean inUse;

  /** The piece is the last of its response: the connection may be on with the next one. */
  private boolean gone;

  private @Nullable ByteBuffer own;

  /**
   * @param secure whether the connection is TLS, which brings pieces even while reading pauses
   */
  InputBuffer(boolean secure) {
    this.secure = secure;
  }

  /** An empty buffer, for one read. */
  ByteBuffer take() {
    inUse = false;
    gone = false;
    ByteBuffer in = own;
    own = null;
    return in != null ? in.clear() : SHARED.take();
  }

  /** The same, for so many bytes or more. */
  ByteBuffer take(int bytes) {
    ByteBuffer in = take();
    return in.capacity() >= bytes ? in : ByteBuffer.allocate(bytes);
  }

  /** A piece of the buffer was handed on, and perhaps not used up. */
  void handedOn(boolean taken, boolean last) {
    inUse = !taken && !last;
    gone = !taken && last;
  }

  /** True if nobody uses what was read last. */
  boolean isFree() {
    return !inUse && !gone;
  }

  /** The read is over, and what it brought was handed on. */
  void giveBack(ByteBuffer in) {
    if (gone) return;
    if (!inUse) SHARED.giveBack(in);
    else if (!secure) own = in;
  }
}
