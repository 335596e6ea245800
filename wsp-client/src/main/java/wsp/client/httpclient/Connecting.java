package wsp.client.httpclient;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wsp.client.net.Reactor;
import wsp.client.origin.ConnectFailure;
import wsp.client.origin.ReplayException;
import wsp.client.origin.Route;

/**
 * How a {@link Passage} gets to its origin: to one checked address after the other, each of which
 * has its share of the time that is left. On the thread of {@link Passages}.
 */
final class Connecting {
  private final Passages all;
  private final Passage passage;
  private final Route origin;
  private final List<InetAddress> addresses;
  private final long deadline;
  private int tried;
  private long shareEnds;
  private @Nullable SocketChannel to;

  /** To these, at least one, until the deadline, in nanoTime. */
  Connecting(
      Passages all, Passage passage, Route origin, List<InetAddress> addresses, long deadline) {
    this.all = all;
    this.passage = passage;
    this.origin = origin;
    this.addresses = addresses;
    this.deadline = deadline;
  }

  /**
   * Begins, or looks at what has come of it. An address whose share of the time is over goes for
   * the next one, if there is any.
   *
   * @return the key of the connection, if there is one now
   */
  @Nullable SelectionKey goOn(long now) throws ReplayException {
    SocketChannel next = to;
    if (next == null) return connect();
    try {
      if (next.finishConnect()) return next.keyFor(all.selector);
    } catch (IOException e) {
      return failed(e);
    }
    if (now - shareEnds <= 0 || tried + 1 >= addresses.size()) return null;
    return failed(new SocketTimeoutException("timeout"));
  }

  private @Nullable SelectionKey connect() throws ReplayException {
    long now = System.nanoTime();
    shareEnds = now + Math.max(1, (deadline - now) / (addresses.size() - tried));
    try {
      SocketChannel next = all.sockets.open();
      to = next;
      next.configureBlocking(false);
      next.setOption(StandardSocketOptions.TCP_NODELAY, true);
      Reactor.keepAlive(next);
      SelectionKey key = next.register(all.selector, SelectionKey.OP_CONNECT, passage);
      boolean connected = next.connect(new InetSocketAddress(addresses.get(tried), origin.port()));
      return connected ? key : null;
    } catch (IOException | UnsupportedAddressTypeException | UnresolvedAddressException e) {
      // The first of the latter two is of an address of a family that this Java, or this machine,
      // has not.
      return failed(e);
    }
  }

  private @Nullable SelectionKey failed(Exception cause) throws ReplayException {
    close(false);
    if (++tried < addresses.size() && deadline - System.nanoTime() > 0) return connect();
    throw ConnectFailure.of(origin, cause);
  }

  void close(boolean resets) {
    Passage.close(to, resets);
  }
}
