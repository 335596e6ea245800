package wsp.client.replay;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.core5.reactor.EventMask;
import org.apache.hc.core5.reactor.IOSession;
import org.jspecify.annotations.Nullable;
import wsp.net.Resets;
import wsp.process.Safely;

/**
 * Tunnels of which the origin's way has ended, while the other is open: they are not read, so that
 * a reset behind that end has to be looked for. Safe for all threads.
 */
final class UnreadTunnels {
  private final Map<SocketChannel, Replay> all = new ConcurrentHashMap<>();

  /** It is not read from now on: its end would be there to be read as long as it is open. */
  void add(@Nullable IOSession session, @Nullable Replay of) {
    if (session == null) return;
    session.clearEvent(EventMask.READ);
    if (of != null && session.channel() instanceof SocketChannel channel) all.put(channel, of);
  }

  /** One pass of maintenance: breaks off those that have been reset. */
  void look() {
    all.keySet().removeIf(channel -> !channel.isOpen());
    if (all.isEmpty()) return;
    try {
      Safely.each(Resets.among(all), replay -> replay.tell(replay.takesNoMore()));
    } catch (IOException e) {
      OriginConnection.log.debug("tunnels cannot be looked at: {}", e.toString());
    }
  }
}
