package wsp.client.replay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.reactor.IOSession;
import wsp.client.net.Reactor;
import wsp.tls.TlsFiles;

/**
 * Opens connections to given addresses, one address after the other until one answers, with TLS on
 * top where the route is secure. Safe for all threads.
 */
final class Connector {
  private final OriginLimits limits;
  private final OriginPool pool;
  private final TlsFiles tls;
  private final Reactor reactor;

  Connector(OriginLimits limits, TlsFiles tls, OriginPool pool, Reactor reactor) {
    this.limits = limits;
    this.tls = tls;
    this.pool = pool;
    this.reactor = reactor;
  }

  /** Opens a connection for a replay; nothing is called back before this returns. */
  void open(Replay replay, List<InetAddress> addresses, long deadline) {
    new Attempt(replay, addresses, deadline).next();
  }

  /** The way along the addresses of one origin. */
  private final class Attempt implements OriginOpening {
    private final Replay replay;
    private final List<InetAddress> addresses;
    private final long deadline;
    private int tried;

    Attempt(Replay replay, List<InetAddress> addresses, long deadline) {
      this.replay = replay;
      this.addresses = addresses;
      this.deadline = deadline;
    }

    void next() {
      Route route = replay.route();
      InetAddress to = addresses.get(tried);
      OriginConnection connection = new OriginConnection(route, to, pool, limits, this);
      long left = Math.max(1, (deadline - System.nanoTime()) / 1_000_000);
      InetSocketAddress address = new InetSocketAddress(to, route.port());
      // What is left is shared by the addresses that are left.
      Duration timeout = Duration.ofMillis(Math.max(1, left / (addresses.size() - tried)));
      tried++;
      Future<IOSession> connecting =
          reactor.connect(
              route.host(), address, timeout, connection, new Connected(connection, timeout));
      replay.opening(connecting);
    }

    @Override
    public void opened(OriginConnection connection) {
      replay.attach(connection);
    }

    @Override
    public void failed(Exception cause) {
      if (!replay.wanted()) return;
      boolean more = tried < addresses.size() && deadline - System.nanoTime() > 0;
      if (more && !(cause instanceof SSLException)) next();
      else replay.failed(ConnectFailure.of(replay.route(), cause));
    }
  }

  /** The TCP connection is there, or it never will be. */
  private final class Connected implements FutureCallback<IOSession> {
    private final OriginConnection connection;
    private final Duration timeout;

    Connected(OriginConnection connection, Duration timeout) {
      this.connection = connection;
      this.timeout = timeout;
    }

    @Override
    public void completed(IOSession session) {
      connection.tcpConnected(session);
      Route route = connection.route();
      if (route.secure())
        connection.secured(Reactor.startTls(session, tls, route.host(), route.port(), timeout));
    }

    @Override
    public void failed(Exception cause) {
      connection.openingFailed(cause);
    }

    @Override
    public void cancelled() {
      connection.openingFailed(new IOException("cancelled"));
    }
  }
}
