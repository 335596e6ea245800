package wsp.tunnel.v2;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wsp.net.BufferPool;
import wsp.websocket.ProtocolViolationException;

/**
 * What leaves by one stream: the data that waits for credit or for the socket, and how it ends.
 * Guarded by the lock of its {@link Link}.
 */
final class Outbox {
  private enum End {
    OPEN,
    /** It leaves behind the data that waits. */
    BEHIND_DATA,
    /** It leaves with the head, which waits. */
    WITH_HEAD,
    SENT,
    BROKEN_OFF
  }

  private static final int MAX_CREDIT = Integer.MAX_VALUE;

  /** For what waits: a long transfer would make a heap of garbage, which memory then keeps. */
  private static final BufferPool POOL = new BufferPool();

  private final Deque<ByteBuffer> data = new ArrayDeque<>(1);

  /** The last piece is its caller's still; all others are of the pool. */
  private boolean borrowed;

  private long credit;

  /** For how many passes in a row data has waited, and there was no credit. */
  private int starved;

  private boolean begun;
  private End end = End.OPEN;
  private byte @Nullable [] trailers;

  private List<Runnable> whenWritten = List.of();

  /** True while it is in the round of those that may send. */
  boolean ready;

  Outbox(int credit) {
    this.credit = credit;
  }

  void begin() {
    begun = true;
  }

  boolean begun() {
    return begun;
  }

  /** Puts a piece behind the others; it is copied by {@link #settle} if it cannot leave at once. */
  void add(ByteBuffer piece, boolean last) {
    if (piece.hasRemaining()) {
      data.add(piece);
      borrowed = true;
    }
    if (last) end = End.BEHIND_DATA;
  }

  void endsWithHead() {
    end = End.WITH_HEAD;
  }

  /** Puts the trailers behind all data. */
  void trailers(byte[] json) {
    trailers = json;
    end = End.BEHIND_DATA;
  }

  /** The piece that was added last is not its caller's any more: what did not leave is copied. */
  void settle() {
    if (!borrowed) return;
    borrowed = false;
    ByteBuffer last = data.removeLast();
    data.addLast(POOL.take(last.remaining()).put(last).flip());
  }

  void credit(long more) throws ProtocolViolationException {
    starved = 0;
    credit += more;
    if (more < 1 || credit > MAX_CREDIT)
      throw new ProtocolViolationException(1002, "credit of " + more);
  }

  /** One pass of maintenance: for how many in a row nothing has come for the data that waits. */
  int starved() {
    starved = data.isEmpty() || credit > 0 ? 0 : starved + 1;
    return starved;
  }

  /** True if there is a frame that may leave now. */
  boolean canSend() {
    if (end != End.OPEN && end != End.BEHIND_DATA) return false;
    return data.isEmpty() ? end == End.BEHIND_DATA : credit > 0;
  }

  /** The piece to send from; null where only the end is left. */
  @Nullable ByteBuffer piece() {
    return data.peek();
  }

  /** How many bytes of it may leave in a frame of at most so many. */
  int sendable(ByteBuffer piece, int frame) {
    return (int) Math.min(piece.remaining(), Math.min(credit, frame));
  }

  /** True if nothing follows so many bytes of the first piece. */
  boolean endsAfter(int bytes) {
    boolean last = end == End.BEHIND_DATA && trailers == null && data.size() <= 1;
    ByteBuffer first = data.peek();
    return last && (first == null || first.remaining() == bytes);
  }

  /** So many bytes of the first piece have been copied into a frame. */
  void sent(int bytes) {
    if (endsAfter(bytes)) end = End.SENT;
    credit -= bytes;
    ByteBuffer first = data.peek();
    if (first == null) return;
    first.position(first.position() + bytes);
    if (!first.hasRemaining()) giveBack(data.remove());
  }

  /** A piece that is not among the data any more. */
  private void giveBack(ByteBuffer piece) {
    if (!borrowed || !data.isEmpty()) POOL.give(piece);
    else borrowed = false;
  }

  /** The trailers, once all data has left; null if there are none. */
  byte @Nullable [] trailers() {
    return data.isEmpty() ? trailers : null;
  }

  /** Trailers are not kept any more: how many bytes that were. */
  int dropTrailers() {
    int bytes = trailers == null ? 0 : trailers.length;
    trailers = null;
    return bytes;
  }

  /** The head, or the trailers, have left, and were the end. */
  void endSent() {
    end = End.SENT;
  }

  boolean ended() {
    return end == End.SENT || end == End.BROKEN_OFF;
  }

  /** Some of it has not left, and never will. */
  boolean isBrokenOff() {
    return end == End.BROKEN_OFF;
  }

  boolean congested() {
    return !data.isEmpty();
  }

  /** How many bytes could leave if there were more. */
  int takesAtOnce() {
    return data.isEmpty() ? (int) Math.max(0, credit) : 0;
  }

  int waiting() {
    int bytes = 0;
    for (ByteBuffer piece : data) bytes += piece.remaining();
    return bytes;
  }

  /** True if all that was given has left. */
  boolean isWritten() {
    return data.isEmpty() && !isBrokenOff();
  }

  void whenWritten(Runnable action) {
    if (whenWritten.isEmpty()) whenWritten = new ArrayList<>(1);
    whenWritten.add(action);
  }

  /** What is to run once nothing waits. */
  List<Runnable> takeActions() {
    List<Runnable> all = whenWritten;
    if (!data.isEmpty() || all.isEmpty()) return List.of();
    whenWritten = List.of();
    return all;
  }

  /** It is over: nothing leaves, and nothing is called. */
  void drop() {
    while (!data.isEmpty()) giveBack(data.remove());
    whenWritten = List.of();
    if (end != End.SENT) end = End.BROKEN_OFF;
  }
}
