package wsp.net;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * A few direct buffers for the large pieces that go out. They save a copy on the way to the socket,
 * and keep a bulk transfer from making garbage: a heap that is full of it grows, and the memory
 * does not come back. There are as many as transfers that go well need at a time; where many
 * connections are stuck with a piece each, the others get exactly what they ask for, from the heap.
 * Safe for all threads.
 */
public final class BufferPool {
  /** The largest read with its framing. */
  private static final int SIZE = 100 * 1024;

  private static final int SMALL = 2 * 1024;
  private static final int COUNT = 32;

  private final ArrayBlockingQueue<ByteBuffer> free = new ArrayBlockingQueue<>(COUNT);
  private int made;

  public ByteBuffer take(int bytes) {
    if (bytes <= SMALL || bytes > SIZE) return ByteBuffer.allocate(bytes);
    ByteBuffer pooled = free.poll();
    if (pooled != null) return pooled.clear();
    synchronized (this) {
      if (made == COUNT) return ByteBuffer.allocate(bytes);
      made++;
    }
    return ByteBuffer.allocateDirect(SIZE);
  }

  /** The buffer is not needed any more; once for each that was taken. */
  public void give(ByteBuffer buffer) {
    if (buffer.isDirect() && !free.offer(buffer)) {
      throw new IllegalStateException("a buffer was given back twice");
    }
  }
}
