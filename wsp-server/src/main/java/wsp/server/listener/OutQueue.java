package wsp.server.listener;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.IOEvent;

/**
 * What goes out on one connection, in the order in which it was given. Nearly always the socket
 * takes it at once, on the thread that has it, or at the end of that thread's round; the rest waits
 * for the selector thread. The lock guards all of it, and the listener is not called while it is
 * held. Safe for all threads.
 */
final class OutQueue {
  /** Who is told, outside the lock. */
  interface Listener {
    /** These bytes are out, or the connection is closed; once for each call of {@link #write}. */
    void over(ByteBuffer data, int counted);
  }

  /** Pieces of one turn: other connections wait for the same thread, and pieces can be tiny. */
  private static final int TURN = 100;

  /** Bytes of one turn, with the piece that goes beyond them. */
  private static final int TURN_BYTES = 256 * 1024;

  /**
   * So many bytes wait for the end of a round: larger pieces are few, and buffers as well; and of
   * small ones a caller can ask for as many as fit into one read.
   */
  private static final int SMALL = 8 * 1024;

  /** What becomes of a connection that takes nothing any more. */
  private enum OnFailure {
    CUT,
    /** It is read to its end, which is there to be read, behind what the other end has sent. */
    READ_ON
  }

  private record Piece(ByteBuffer data, int counted) {}

  private final Connection<?> connection;
  private final SocketChannel channel;
  private final Listener listener;
  private final Queue<Piece> waiting = new ArrayDeque<>(1);
  private boolean closed;
  private boolean failed;

  private volatile OnFailure onFailure = OnFailure.CUT;
  private int putOff;

  private volatile boolean blocked;

  /** When the socket took something last, or was first seen to take nothing; while blocked. */
  private volatile long lastProgress;

  OutQueue(Connection<?> connection, SocketChannel channel, Listener listener) {
    this.connection = connection;
    this.channel = channel;
    this.listener = listener;
  }

  /**
   * Writes what the socket takes, and keeps the rest until it takes more. What was put off goes
   * with the first that may not wait.
   *
   * @param mayWait until the end of the round, if this is a selector thread
   */
  void write(ByteBuffer data, int counted, boolean mayWait) {
    boolean broken = false;
    boolean kept = false;
    boolean due = false;
    synchronized (waiting) {
      if (!closed) {
        try {
          kept = !waiting.isEmpty() || (mayWait && waits(data)) || !written(data);
        } catch (IOException e) {
          broken = failed = true;
          kept = true;
        }
        if (kept) waiting.add(new Piece(data, counted));
        due = kept && !broken && !blocked && isDue(data.remaining(), mayWait);
      }
    }
    if (!kept) listener.over(data, counted);
    if (due) goOn();
    if (broken) broken();
  }

  private boolean isDue(int bytes, boolean mayWait) {
    putOff += bytes;
    return !mayWait || putOff > SMALL;
  }

  private boolean waits(ByteBuffer data) {
    return data.remaining() <= SMALL && RoundEnd.awaitedBy(this);
  }

  /** True if the socket took all; otherwise it is watched from now on. */
  private boolean written(ByteBuffer data) throws IOException {
    channel.write(data);
    if (!data.hasRemaining()) return true;
    watch(true);
    return false;
  }

  /** Writes what fits into a turn, in one call: so many bytes. */
  private long writeTogether() throws IOException {
    if (waiting.isEmpty()) return 0;
    if (waiting.size() == 1) return channel.write(waiting.element().data);
    ByteBuffer[] some = new ByteBuffer[Math.min(TURN, waiting.size())];
    int n = 0;
    long bytes = 0;
    for (Piece piece : waiting) {
      if (n == some.length || bytes > TURN_BYTES) break;
      some[n++] = piece.data;
      bytes += piece.data.remaining();
    }
    return channel.write(some, 0, n);
  }

  private void watch(boolean on) throws IOException {
    if (on == blocked) return;
    if (on) lastProgress = System.nanoTime();
    blocked = on;
    if (on) connection.enableIOEvent(IOEvent.WRITE);
    else connection.disableIOEvent(IOEvent.WRITE);
  }

  /**
   * The socket takes more, or may do; on its selector thread, which alone ends what it watches for.
   * A socket tells of room only when a third of its buffer is free. Where the other end was fast at
   * first that has grown to some MB, and if it is slow now it may take minutes, in which bytes
   * leave all the time.
   */
  void writable() {
    goOn(true);
  }

  /** What was put off is due, if the socket takes any; on any thread. */
  void goOn() {
    goOn(false);
  }

  private void goOn(boolean writable) {
    List<Piece> out = new ArrayList<>(1);
    boolean broken = false;
    synchronized (waiting) {
      if (blocked && !writable) return;
      putOff = 0;
      try {
        if (writeTogether() > 0) lastProgress = System.nanoTime();
        while (!waiting.isEmpty() && !waiting.element().data.hasRemaining())
          out.add(waiting.remove());
        watch(!waiting.isEmpty());
      } catch (IOException e) {
        broken = failed = true;
      }
    }
    for (Piece piece : out) listener.over(piece.data, piece.counted);
    if (broken) broken();
  }

  /** From now on a connection that takes nothing any more is read to its end. */
  void readsOn() {
    onFailure = OnFailure.READ_ON;
  }

  /** Those who wait for these bytes are told, one way or the other. */
  private void broken() {
    if (onFailure == OnFailure.CUT) {
      cut();
      return;
    }
    try {
      synchronized (waiting) {
        watch(false);
      }
    } catch (IOException e) {
      cut();
    }
    close();
  }

  /**
   * True once the socket has refused bytes, and the connection is being cut for that: a reset is
   * the error of one call, be it a write's, and an end of the input to the next.
   */
  boolean cuts() {
    synchronized (waiting) {
      return failed && onFailure == OnFailure.CUT;
    }
  }

  boolean blocked() {
    return blocked;
  }

  /** For how long the socket has taken nothing of what waits for it; 0: it takes. */
  long blockedFor(long now) {
    return blocked ? Math.max(1, now - lastProgress) : 0;
  }

  void cut() {
    connection.terminateSilently();
  }

  void close() {
    List<Piece> dropped;
    synchronized (waiting) {
      closed = true;
      blocked = false;
      dropped = new ArrayList<>(waiting);
      waiting.clear();
    }
    for (Piece piece : dropped) listener.over(piece.data, piece.counted);
  }
}
