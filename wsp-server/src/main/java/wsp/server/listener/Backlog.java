package wsp.server.listener;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Bytes of a caller that wait for their turn. Guarded by the lock of its connection. */
final class Backlog {
  /** To be flipped before it is read. */
  private @Nullable ByteBuffer bytes;

  boolean isEmpty() {
    return bytes == null;
  }

  int size() {
    ByteBuffer now = bytes;
    return now == null ? 0 : now.position();
  }

  /** Takes all of the input, behind what is here. */
  void add(ByteBuffer in) {
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
