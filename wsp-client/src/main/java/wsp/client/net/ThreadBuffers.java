package wsp.client.net;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One buffer for each thread, lent out for what is used up before the thread does something else.
 * Whoever keeps it for longer does not give it back, and the thread gets another. Safe for all
 * threads.
 */
public final class ThreadBuffers {
  private static final class Slot {
    private @Nullable ByteBuffer spare;
  }

  private final ThreadLocal<Slot> slots = ThreadLocal.withInitial(Slot::new);
  private final int bytes;

  public ThreadBuffers(int bytes) {
    this.bytes = bytes;
  }

  /** The size of each, in bytes. */
  public int size() {
    return bytes;
  }

  /** An empty buffer of that size, or the larger one that was given back in its place. */
  public ByteBuffer take() {
    Slot slot = slots.get();
    ByteBuffer buffer = slot.spare;
    slot.spare = null;
    return buffer == null ? ByteBuffer.allocate(bytes) : buffer.clear();
  }

  /** The buffer is not needed any more; it may be one that another thread took. */
  public void giveBack(ByteBuffer buffer) {
    slots.get().spare = buffer;
  }
}
