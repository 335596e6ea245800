package wsp.client.replay;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.reactor.IOSession;
import org.jspecify.annotations.Nullable;
import wsp.client.net.Racing;
import wsp.client.net.Reactor;
import wsp.client.origin.ConnectFailure;
import wsp.client.origin.HeadMemory;
import wsp.client.origin.OriginLimits;
import wsp.client.origin.ReplayException;
import wsp.client.origin.Route;
import wsp.tls.TlsFiles;

/**
 * Opens connections to given addresses, to the first that answers, with TLS on top where the route
 * is secure. Safe for all threads.
 */
record Connector(
    OriginLimits limits, HeadMemory heads, TlsFiles tls, OriginPool pool, Racing racing) {
  /** Opens a connection for a replay; nothing is called back before this returns. */
  void open(Replay replay, List<InetAddress> addresses, long deadline) {
    Attempt attempt = new Attempt(replay, addresses, deadline);
    replay.opening(attempt::leave);
    attempt.race();
  }

  /** The way to one origin. */
  private final class Attempt implements Racing.Outcome, OriginConnection.Opening {
    private final Replay replay;
    private final Racing.Place place;
    private final long deadline;

    /** Those that have not yet taken a connection and failed afterwards. */
    private volatile List<InetAddress> addresses;

    private volatile @Nullable InetAddress connected;

    // What is broken off when the request is over: one may begin before the other is noted.
    private volatile @Nullable Future<?> race;
    private volatile @Nullable OriginConnection handshake;

    Attempt(Replay replay, List<InetAddress> addresses, long deadline) {
      this.replay = replay;
      this.place = new Racing.Place(replay.asked.route().host(), replay.asked.route().port());
      this.addresses = addresses;
      this.deadline = deadline;
    }

    void race() {
      Future<?> begun = racing.connect(place, addresses, deadline, this);
      race = begun;
      if (!replay.wanted()) begun.cancel(true);
    }

    void leave() {
      Future<?> begun = race;
      if (begun != null) begun.cancel(true);
      OriginConnection unfinished = handshake;
      if (unfinished != null) unfinished.unwanted();
    }

    @Override
    public void connected(IOSession session, InetAddress address) {
      connected = address;
      Route route = replay.asked.route();
      OriginConnection connection = new OriginConnection(route, address, pool, limits, heads, this);
      session.upgrade(connection);
      connection.tcpConnected(session);
      handshake = connection;
      if (!replay.wanted()) connection.unwanted();
      else if (route.secure())
        connection.secured(Reactor.startTls(session, tls, route.host(), route.port(), share()));
    }

    /** What is left is shared by the addresses that are left: one may take TCP and say no more. */
    private Duration share() {
      long left = Math.max(1_000_000, deadline - System.nanoTime());
      return Duration.ofNanos(left / addresses.size());
    }

    @Override
    public void failed(List<Exception> causes) {
      if (replay.wanted()) replay.failed(failure(replay.asked.route(), causes));
    }

    @Override
    public void opened(OriginConnection connection) {
      replay.attach(connection);
    }

    @Override
    public void failed(Exception cause) {
      InetAddress useless = connected;
      if (useless != null) racing.failed(place, useless);
      if (!replay.wanted()) return;
      List<InetAddress> others = addresses.stream().filter(a -> !a.equals(useless)).toList();
      boolean more = !others.isEmpty() && deadline - System.nanoTime() > 0;
      if (more && !(cause instanceof SSLException)) {
        addresses = others;
        race();
      } else replay.failed(ConnectFailure.of(replay.asked.route(), cause));
    }
  }

  private static ReplayException failure(Route route, List<Exception> causes) {
    ReplayException last = ConnectFailure.of(route, causes.get(causes.size() - 1));
    if (causes.size() == 1) return last;
    // Not which addresses: what a name means inside is no business of the caller's.
    Map<String, Integer> counts = new TreeMap<>();
    for (Exception cause : causes) {
      String text = String.valueOf(ConnectFailure.of(route, cause).getMessage());
      counts.merge(text.substring(text.lastIndexOf(": ") + 2), 1, Integer::sum);
    }
    return new ReplayException(
        last.failure(),
        last.getMessage() + " (at " + causes.size() + " addresses: " + counts + ")");
  }
}
