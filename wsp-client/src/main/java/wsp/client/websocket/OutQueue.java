package wsp.client.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.hc.core5.reactor.EventMask;
import org.apache.hc.core5.reactor.IOSession;
import org.jspecify.annotations.Nullable;
import wsp.client.net.Reactor;
import wsp.net.BufferPool;

/**
 * What waits for the socket of one WebSocket. The owner's lock guards it. Where the server keeps
 * up, everything is written by the thread that has it, and no other is woken.
 */
final class OutQueue {
  /** One for all: pieces are as large whatever WebSocket they are for. */
  static final BufferPool POOL = new BufferPool();

  /**
   * So many bytes wait for the end of a round: larger pieces are few, and buffers as well; and of
   * small ones an origin can send as many as fit into one read.
   */
  private static final int SMALL = 8 * 1024;

  /** What leaves together is copied into one buffer of so many bytes. */
  private static final int TOGETHER = 2 * SMALL;

  private final Deque<ByteBuffer> waiting = new ArrayDeque<>(2);
  private final List<Runnable> whenWritten = new ArrayList<>(1);
  private final boolean secure;
  private boolean writeEvent;
  private long written;

  /** What had been written when {@link #stuck} was asked; -1 if nothing waited. */
  private long seen = -1;

  /** Bytes that wait for the end of a round only, and all there are; 0 if there are none. */
  private int putOff;

  /** The input waits for its turn, which comes when the socket can be written. */
  private boolean turnAwaited;

  /** Why nothing can be written any more; null as long as it can. */
  private @Nullable String broken;

  OutQueue(boolean secure) {
    this.secure = secure;
  }

  /** Adds bytes in a buffer of the pool, which it gives back. */
  void add(ByteBuffer bytes) {
    waiting.add(bytes);
  }

  /**
   * Adds bytes in a buffer of the pool. They may wait for the end of the round that this I/O thread
   * is in, if they are few and nothing waits for the socket.
   *
   * @param goOn is to flush
   * @return false if this is to be flushed now
   */
  boolean addPutOff(ByteBuffer bytes, Runnable goOn) {
    int n = bytes.remaining();
    boolean more = putOff > 0;
    boolean mayWait = putOff + n <= SMALL && (more || waiting.isEmpty());
    waiting.add(bytes);
    if (!mayWait || !(more || Reactor.atEndOfRound(goOn))) return false;
    putOff += n;
    return true;
  }

  /** Runs it, by way of {@link #takeActions}, when all is written. */
  void then(Runnable action) {
    whenWritten.add(action);
  }

  boolean hasActions() {
    return !whenWritten.isEmpty();
  }

  /** What is to be run now that all is written. */
  List<Runnable> takeActions() {
    List<Runnable> all = List.copyOf(whenWritten);
    whenWritten.clear();
    return all;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** True if something waits, and not just for the end of a round. */
  boolean waitsForSocket() {
    return putOff == 0 && !waiting.isEmpty();
  }

  /** True if what waited at the last call waits there still. */
  boolean stuck() {
    boolean same = !waiting.isEmpty() && written == seen;
    seen = waiting.isEmpty() ? -1 : written;
    return same;
  }

  /**
   * Writes what the socket takes.
   *
   * @param owed whether the I/O thread is to come here even if that is all
   * @return true if it is
   */
  boolean flush(IOSession session, boolean owed) {
    try {
      return broken == null && write(session, owed);
    } catch (IOException e) {
      broken = "sending failed: " + e.getMessage();
      return false;
    }
  }

  /** Why nothing can be written any more, or null. */
  @Nullable String broken() {
    return broken;
  }

  private boolean write(IOSession session, boolean owed) throws IOException {
    boolean any = false;
    putOff = 0;
    for (ByteBuffer first = first(); first != null; first = first()) {
      int n = session.write(first);
      written += Math.max(0, n);
      any |= n > 0;
      if (first.hasRemaining()) break;
      POOL.give(waiting.remove());
    }
    // Over TLS, what was written has only been encrypted so far.
    event(session, !waiting.isEmpty() || owed || (secure && any) || turnAwaited);
    return waiting.isEmpty();
  }

  /** What is to be written next: the first buffer, and those behind it if all of them are small. */
  private @Nullable ByteBuffer first() {
    ByteBuffer first = waiting.poll();
    ByteBuffer next = waiting.peek();
    if (first == null) return null;
    if (next == null || first.remaining() + next.remaining() > TOGETHER) {
      waiting.addFirst(first);
      return first;
    }
    ByteBuffer all = POOL.take(TOGETHER).limit(TOGETHER).put(first);
    POOL.give(first);
    while (next != null && next.remaining() <= all.remaining()) {
      all.put(next);
      POOL.give(waiting.remove());
      next = waiting.peek();
    }
    waiting.addFirst(all.flip());
    return all;
  }

  /** Asks for a turn in one of the next rounds of events. */
  void awaitTurn(IOSession session) {
    turnAwaited = true;
    event(session, true);
  }

  /** The turn has come; true if it was awaited. */
  boolean takeTurn() {
    boolean awaited = turnAwaited;
    turnAwaited = false;
    return awaited;
  }

  private void event(IOSession session, boolean wanted) {
    if (wanted == writeEvent) return;
    writeEvent = wanted;
    if (wanted) session.setEvent(EventMask.WRITE);
    else session.clearEvent(EventMask.WRITE);
  }

  /** It will never be written. */
  void drop() {
    whenWritten.clear();
    for (ByteBuffer b = waiting.poll(); b != null; b = waiting.poll()) POOL.give(b);
  }
}
