package wsp.client.websocket;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import wsp.client.net.Reactor;

/**
 * Bytes out of TLS, which come whether anybody wants them or not. Small pieces wait for the others
 * of their round of events: each would be a write to the origin. The I/O thread brings pieces, and
 * one thread at a time takes them.
 */
final class Decrypted {
  /** Pieces that are worth waiting for others. */
  private static final int SMALL = 1024;

  /** So many bytes of them are decoded together. */
  private static final int TOGETHER = 16 * 1024;

  private final Queue<ByteBuffer> pieces = new ConcurrentLinkedQueue<>();
  private final Runnable goOn;
  private final Runnable atEnd = this::endRound;

  /** The end of the round is awaited; of the I/O thread. */
  private boolean putOff;

  Decrypted(Runnable goOn) {
    this.goOn = goOn;
  }

  /** A copy of this is to be taken; true if it is small. */
  boolean add(ByteBuffer plain) {
    int n = plain.remaining();
    pieces.add(ByteBuffer.allocate(n).put(plain).flip());
    return n <= SMALL;
  }

  /** True if what is here is taken at the end of the round. */
  boolean putOff() {
    if (!putOff) putOff = Reactor.atEndOfRound(atEnd);
    return putOff;
  }

  boolean isPutOff() {
    return putOff;
  }

  private void endRound() {
    putOff = false;
    goOn.run();
  }

  boolean isEmpty() {
    return pieces.isEmpty();
  }

  /** The next piece, with those behind it that are small; null if there is none. */
  @Nullable ByteBuffer poll() {
    ByteBuffer first = pieces.poll();
    return first == null || pieces.isEmpty() ? first : together(first);
  }

  private ByteBuffer together(ByteBuffer first) {
    int bytes = first.remaining();
    int count = 0;
    for (ByteBuffer next : pieces) {
      if (bytes + next.remaining() > TOGETHER) break;
      bytes += next.remaining();
      count++;
    }
    if (count == 0) return first;
    ByteBuffer all = ByteBuffer.allocate(bytes).put(first);
    for (ByteBuffer next; count > 0 && (next = pieces.poll()) != null; count--) all.put(next);
    return all.flip();
  }
}
