package wsp.server.listener;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Bytes of a caller that wait for their turn. Guarded by the lock of its connection. */
final class Backlog {
  /** Bytes beyond which a backlog stops the reading. */
  private static final int FULL = 32 * 1024;

  /** To be flipped before it is read. */
  private @Nullable ByteBuffer bytes;

  boolean shut;

  /** True if bytes that come do not have to wait behind others. */
  boolean isEmpty() {
    return bytes == null && !shut;
  }

  /** True if no more should be read, the sooner where memory is scarce. */
  boolean isFull(boolean scarce) {
    return bytes != null && (scarce || size() >= FULL);
  }

  /** Throws away what is here, and all that comes from now on. */
  void shut() {
    drop();
    shut = true;
  }

  int size() {
    ByteBuffer now = bytes;
    return now == null ? 0 : now.position();
  }

  /** Takes all of the input, behind what is here. */
  void add(ByteBuffer in) {
    if (shut) {
      in.position(in.limit());
      return;
    }
    ByteBuffer to = bytes;
    if (to == null) {
      to = Wire.buffer(in.remaining());
    } else if (to.remaining() < in.remaining()) {
      ByteBuffer larger = Wire.buffer(to.position() + in.remaining()).put(to.flip());
      Wire.giveBack(to);
      to = larger;
    }
    bytes = to.put(in);
  }

  /** All there is, ready to be read and then to be given back; null if there is nothing. */
  @Nullable ByteBuffer take() {
    ByteBuffer all = bytes;
    bytes = null;
    return all == null ? null : all.flip();
  }

  void drop() {
    ByteBuffer dropped = bytes;
    bytes = null;
    if (dropped != null) Wire.giveBack(dropped);
  }
}
