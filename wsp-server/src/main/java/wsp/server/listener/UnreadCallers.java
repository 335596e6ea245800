package wsp.server.listener;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.net.Resets;

/**
 * Notices that callers have reset connections that are not read: those whose next hop takes no more
 * for now, and tunnels of which the caller's way has ended. For the thread that looks after
 * connections.
 */
final class UnreadCallers {
  private static final Logger LOG = LoggerFactory.getLogger(UnreadCallers.class);

  private UnreadCallers() {}

  /** One pass of maintenance: ends those that have been reset. */
  static void look(Iterable<CallerWatch> all) {
    Map<SocketChannel, Wire> unread = new HashMap<>();
    for (CallerWatch c : all)
      if (c.wire().reader().isUnread()) unread.put(c.wire().tcp().channel, c.wire());
    if (unread.isEmpty()) return;
    try {
      Resets.among(unread).forEach(Wire::abort);
    } catch (IOException | RuntimeException e) { // a timer's task that throws never runs again
      LOG.debug("connections that are not read cannot be looked at: {}", e.toString());
    }
  }
}
