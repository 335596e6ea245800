package wsp.server.listener;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.nio.transport.TCPNIOServerConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.process.AcceptPause;

/** The socket that accepts connections, opened and shut for all that come. Safe for all threads. */
final class Door implements AcceptPause.Port {
  private static final Logger LOG = LoggerFactory.getLogger(Door.class);

  private final BooleanSupplier full;
  private final ScheduledExecutorService timer;

  /** When it rests. */
  final AcceptPause pause = new AcceptPause(this);

  private volatile @Nullable TCPNIOServerConnection server;

  Door(BooleanSupplier full, ScheduledExecutorService timer) {
    this.full = full;
    this.timer = timer;
  }

  void is(TCPNIOServerConnection bound) {
    server = bound;
  }

  /** The port that is bound, or else this one. */
  int port(int otherwise) {
    TCPNIOServerConnection bound = server;
    return bound != null && bound.getLocalAddress() instanceof InetSocketAddress a
        ? a.getPort()
        : otherwise;
  }

  @Override
  public void accepting(boolean on) {
    TCPNIOServerConnection port = server;
    if (port == null || !port.isOpen()) return;
    try {
      if (on) port.enableIOEvent(IOEvent.SERVER_ACCEPT);
      else port.disableIOEvent(IOEvent.SERVER_ACCEPT);
    } catch (IOException e) {
      LOG.error("whether the port accepts could not be changed:", e);
    }
  }

  @Override
  public void goOnLater(long millis) {
    var unused = timer.schedule(this::goOn, millis, TimeUnit.MILLISECONDS);
  }

  private void goOn() {
    if (full.getAsBoolean()) goOnLater(AcceptPause.REST_MILLIS);
    else pause.goOn();
  }

  @Override
  public void tell(String line) {
    LOG.warn(line);
  }
}
