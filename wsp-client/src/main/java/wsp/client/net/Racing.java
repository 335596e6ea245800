package wsp.client.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOSession;

/**
 * Opens one TCP connection to a place that has one address or several (RFC 8305 §5): the next
 * address is tried when the last one has failed, or has not answered for a quarter of a second. The
 * first to answer is the one, the others are closed unused.
 *
 * <p>A few attempts of a race run at the same time, and of all races together as many as there are
 * descriptors for: beyond that, the eldest attempt of a race is given up for its next address. One
 * attempt each race has in any case. Safe for all threads.
 */
public final class Racing {
  /** Where to connect to. */
  public record Place(String host, int port) {
    String key() {
      return host + ":" + port;
    }
  }

  /** Who hears what came of it, once, on any thread. */
  public interface Outcome {
    /** It is connected: the session has no handler yet that does anything. */
    void connected(IOSession session, InetAddress address);

    /**
     * No address has answered.
     *
     * @param causes what became of each that was tried, in that order; at least one
     */
    void failed(List<Exception> causes);
  }

  /** Begins to connect, as {@link Reactor#connect} does. */
  @FunctionalInterface
  interface Connecting {
    /** Nothing is called back before this returns. */
    Future<IOSession> begin(
        String host,
        InetSocketAddress address,
        Duration timeout,
        IOEventHandler handler,
        FutureCallback<IOSession> callback);
  }

  final Connecting connecting;
  final ScheduledExecutorService timer;
  final Semaphore spare;
  final AddressOrder order = new AddressOrder();

  /**
   * @param timer for short tasks
   * @param spare attempts that all races together may have beside the first of each
   */
  public Racing(Reactor reactor, ScheduledExecutorService timer, int spare) {
    this(
        (host, address, timeout, handler, callback) ->
            new Connect(reactor.connect(host, address, timeout, handler, callback), timer),
        timer,
        spare);
  }

  Racing(Connecting connecting, ScheduledExecutorService timer, int spare) {
    this.connecting = connecting;
    this.timer = timer;
    this.spare = new Semaphore(spare);
  }

  /**
   * Begins; nothing is called back before this returns.
   *
   * @param addresses at least one; no other is connected to
   * @param deadline for all of it, in nanoTime
   * @return by which it can be broken off, without any outcome
   */
  public Future<?> connect(
      Place place, List<InetAddress> addresses, long deadline, Outcome outcome) {
    List<InetAddress> ordered = order.of(place.key(), addresses, System.nanoTime());
    Race race = new Race(this, place, ordered, deadline, outcome);
    race.next();
    return race;
  }

  /** What was connected turned out to be of no use: next time, another one may come first. */
  public void failed(Place place, InetAddress address) {
    order.failed(place.key(), address);
  }
}
