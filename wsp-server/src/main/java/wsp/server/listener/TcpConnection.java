package wsp.server.listener;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.nio.NIOConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One TCP connection as Grizzly has it: what its selector thread does for it, and how it ends. Safe
 * for all threads, but where a method says otherwise.
 */
final class TcpConnection {
  private static final Logger LOG = LoggerFactory.getLogger(TcpConnection.class);

  private interface Call {
    void make() throws IOException;
  }

  private final Connection<SocketAddress> connection;
  final SocketChannel channel;
  final Remote remote;

  /** What has been read is not used up yet; of the selector thread. */
  boolean turnAwaited;

  TcpConnection(Connection<SocketAddress> connection, SocketChannel channel, Remote remote) {
    this.connection = connection;
    this.channel = channel;
    this.remote = remote;
  }

  boolean isOpen() {
    return connection.isOpen();
  }

  // ---- its selector thread

  void watch(boolean reads) {
    try {
      if (reads) connection.enableIOEvent(IOEvent.READ);
      else connection.disableIOEvent(IOEvent.READ);
    } catch (IOException e) {
      LOG.debug("cannot change what {} is watched for: {}", remote, e.toString());
      reset();
    }
  }

  boolean isNear() {
    return connection instanceof NIOConnection nio
        && nio.getSelectorRunner().getRunnerThread() == Thread.currentThread();
  }

  /** Runs on its selector thread, in between its reads. */
  void onSelector(Runnable task) {
    connection.executeInEventThread(IOEvent.READ, task);
  }

  /**
   * Goes on with what has been read when the other connections have had their turn: in the next
   * round of events. Nothing is read until then. On the selector thread.
   */
  void nextTurn(Runnable task) {
    turnAwaited = true;
    onSelector(
        () -> {
          turnAwaited = false;
          task.run();
        });
  }

  /** Reads what has arrived, on the selector thread, and runs the task after that. */
  void afterReading(Runnable task) {
    try {
      connection.simulateIOEvent(IOEvent.READ);
    } catch (IOException e) {
      LOG.debug("cannot read from {}: {}", remote, e.toString());
      reset();
    }
    onSelector(task);
  }

  // ---- its end

  /** TCP finds out by itself, in time, whether the other end is still there. */
  void keepAlive() {
    var unused = onSocket(() -> channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true));
  }

  /** Sends no more, while the other end may. */
  void endOutput() {
    if (!onSocket(channel::shutdownOutput)) end();
  }

  /** Ends it, in order if nothing of the other end is unread. */
  void end() {
    connection.terminateSilently();
  }

  /** Ends it at once, with a reset, so that nobody takes what was sent for the whole. */
  void reset() {
    var unused =
        onSocket(
            () -> {
              if (channel.isOpen()) channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            });
    end();
  }

  private boolean onSocket(Call call) {
    try {
      call.make();
      return true;
    } catch (IOException e) {
      LOG.debug("{} was already closed: {}", remote, e.toString());
      return false;
    }
  }
}
