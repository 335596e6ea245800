package wsp.net;

import java.nio.ByteBuffer;
import java.util.function.IntFunction;
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
  private final IntFunction<ByteBuffer> allocate;

  /** Buffers on the heap. */
  public ThreadBuffers(int bytes) {
    this(bytes, ByteBuffer::allocate);
  }

  /** Buffers that are made so. */
  public ThreadBuffers(int bytes, IntFunction<ByteBuffer> allocate) {
    this.bytes = bytes;
    this.allocate = allocate;
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
    return buffer == null ? allocate.apply(bytes) : buffer.clear();
  }

  /** The buffer is not needed any more; it may be one that another thread took. */
  public void giveBack(ByteBuffer buffer) {
    slots.get().spare = buffer;
  }
}
