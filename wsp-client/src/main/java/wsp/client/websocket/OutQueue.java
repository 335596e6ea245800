package wsp.client.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.hc.core5.reactor.EventMask;
import org.apache.hc.core5.reactor.IOSession;
import wsp.runtime.BufferPool;

/**
 * What waits for the socket of one WebSocket. The owner's lock guards it. Where the server keeps
 * up, everything is written by the thread that has it, and no other is woken.
 */
final class OutQueue {
  /** One for all: pieces are as large whatever WebSocket they are for. */
  static final BufferPool POOL = new BufferPool();

  private final Deque<ByteBuffer> waiting = new ArrayDeque<>(2);
  private final boolean secure;
  private boolean writeEvent;
  private long written;

  OutQueue(boolean secure) {
    this.secure = secure;
  }

  /** Adds bytes in a buffer of the pool, which it gives back. */
  void add(ByteBuffer bytes) {
    waiting.add(bytes);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** How many bytes the socket has taken in all. */
  long written() {
    return written;
  }

  /** Writes what the socket takes; true if that is all. */
  boolean flush(IOSession session) throws IOException {
    boolean any = false;
    for (ByteBuffer first = waiting.peek(); first != null; first = waiting.peek()) {
      int n = session.write(first);
      written += Math.max(0, n);
      any |= n > 0;
      if (first.hasRemaining()) break;
      POOL.give(waiting.remove());
    }
    // Over TLS, what was written has only been encrypted so far.
    event(session, !waiting.isEmpty() || (secure && any));
    return waiting.isEmpty();
  }

  private void event(IOSession session, boolean wanted) {
    if (wanted == writeEvent) return;
    writeEvent = wanted;
    if (wanted) session.setEvent(EventMask.WRITE);
    else session.clearEvent(EventMask.WRITE);
  }

  /** It will never be written. */
  void drop() {
    for (ByteBuffer b = waiting.poll(); b != null; b = waiting.poll()) POOL.give(b);
  }
}
