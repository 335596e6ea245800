package wsp.net;

import java.io.IOException;
import java.net.Socket;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds connections that the other end has reset, among those that are not read: while nobody reads
 * a socket, and nobody writes, its reset is told to nobody, and behind the end of the other way
 * reading does not tell it either.
 *
 * <p>A selector can be asked for it all the same. It tells errors whatever it is asked for, and of
 * a connection that is open for long it has no other word for those that ask whether it is
 * connected. On systems where it does not tell them, nothing is found.
 *
 * <p>Nothing is found either of a connection whose own output has been shut down: once the other
 * end has come as well, be it read or not, the kernel tells of that what it tells of a reset. So
 * that is asked for when the selector has told: until then, other threads may shut it down.
 */
public final class Resets {
  /** So many can be told of in one answer of a selector, whatever else is true of the others. */
  private static final int BATCH = 512;

  private static final Logger LOG = LoggerFactory.getLogger(Resets.class);

  private Resets() {}

  /**
   * Looks once, without waiting. Costs a few calls of the system for each connection.
   *
   * @param connections that are connected and do not block, each with who it is
   * @return those that have been reset
   * @throws IOException if there are no descriptors left to look with
   */
  public static <T> List<T> among(Map<SocketChannel, T> connections) throws IOException {
    List<T> found = new ArrayList<>();
    Iterator<Map.Entry<SocketChannel, T>> all = connections.entrySet().iterator();
    while (all.hasNext()) look(all, found);
    return found;
  }

  private static void add(Selector to, SocketChannel connection, Object who) {
    try {
      connection.register(to, SelectionKey.OP_CONNECT, who);
    } catch (ClosedChannelException e) {
      LOG.debug("a connection was closed meanwhile: {}", e.toString());
    }
  }

  @SuppressWarnings("unchecked") // what is attached here is a T
  private static <T> void look(Iterator<Map.Entry<SocketChannel, T>> all, List<T> found)
      throws IOException {
    // Its end lets go of the connections, of which some may have been closed meanwhile.
    try (Selector selector = Selector.open()) {
      for (int n = 0; n < BATCH && all.hasNext(); n++) {
        Map.Entry<SocketChannel, T> next = all.next();
        add(selector, next.getKey(), next.getValue());
      }
      selector.selectNow(
          key -> {
            Socket socket = ((SocketChannel) key.channel()).socket();
            if (!socket.isOutputShutdown()) found.add((T) key.attachment());
          });
    }
  }
}
