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
 * takes it at once, on the thread that has it; the rest waits for the selector thread. The lock
 * guards all of it, and the listener is not called while it is held. Safe for all threads.
 */
final class OutQueue {
  /** Who is told, outside the lock. */
  interface Listener {
    /** The socket has taken something, or could have. */
    void progressed();

    /** These bytes are out, or the connection is closed; once for each call of {@link #write}. */
    void over(ByteBuffer data, int counted);
  }

  /** Pieces of one turn: other connections wait for the same thread, and pieces can be tiny. */
  private static final int TURN = 100;

  private record Piece(ByteBuffer data, int counted) {}

  private final Connection<?> connection;
  private final SocketChannel channel;
  private final Listener listener;
  private final Queue<Piece> waiting = new ArrayDeque<>(1);
  private boolean closed;

  OutQueue(Connection<?> connection, SocketChannel channel, Listener listener) {
    this.connection = connection;
    this.channel = channel;
    this.listener = listener;
  }

  /** Writes what the socket takes, and keeps the rest until it takes more. */
  void write(ByteBuffer data, int counted) {
    boolean broken = false;
    boolean out = false;
    boolean kept = false;
    synchronized (waiting) {
      if (!closed) {
        try {
          out = waiting.isEmpty() && written(data);
          if (!out && waiting.isEmpty()) connection.enableIOEvent(IOEvent.WRITE);
        } catch (IOException e) {
          broken = true;
        }
        kept = !out && waiting.add(new Piece(data, counted));
      }
    }
    if (out) listener.progressed();
    if (!kept) listener.over(data, counted);
    // It is told of its end then, and so are those who wait for these bytes.
    if (broken) connection.terminateSilently();
  }

  private boolean written(ByteBuffer data) throws IOException {
    channel.write(data);
    return !data.hasRemaining();
  }

  /** The socket takes more; on the selector thread. */
  void writable() {
    List<Piece> out = new ArrayList<>(1);
    boolean broken = false;
    synchronized (waiting) {
      try {
        while (!waiting.isEmpty() && out.size() < TURN && written(waiting.element().data))
          out.add(waiting.remove());
        if (waiting.isEmpty()) connection.disableIOEvent(IOEvent.WRITE);
      } catch (IOException e) {
        broken = true;
      }
    }
    listener.progressed();
    for (Piece piece : out) listener.over(piece.data, piece.counted);
    if (broken) connection.terminateSilently();
  }

  /** The connection is closed: nothing more goes out. */
  void close() {
    List<Piece> dropped;
    synchronized (waiting) {
      closed = true;
      dropped = new ArrayList<>(waiting);
      waiting.clear();
    }
    for (Piece piece : dropped) listener.over(piece.data, piece.counted);
  }
}
