package wsp.server.listener;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.nio.transport.TCPNIOTransportBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.address.PortException;
import wsp.limit.Budget;
import wsp.net.Resets;
import wsp.process.Safely;

/**
 * The port: accepts connections, each of which serves a caller's requests until one of them turns
 * it into a WebSocket. A few selector threads do all reading, and most of the writing; nothing on
 * them blocks, so there is no other thread.
 */
public final class HttpListener {
  private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);

  private static final int BACKLOG = 4096;
  private static final long SWEEP_MILLIS = 1000;

  private final String host;
  private final int port;
  private final @Nullable Supplier<SSLEngine> tls;
  private final TCPNIOTransport transport;
  private final Door door;
  private final Map<Wire, CallerWatch> connections = new ConcurrentHashMap<>();
  private final PlaceKeeper places;
  private final Reception reception;
  private final CallerMemory memory;
  private volatile ListenerLimits limits;

  /**
   * @param tls gives each connection its engine, ready for the handshake; null for plain HTTP
   * @param timer runs the maintenance, once a second
   */
  public HttpListener(
      String host,
      int port,
      @Nullable Supplier<SSLEngine> tls,
      ListenerLimits limits,
      RequestListener listener,
      ScheduledExecutorService timer) {
    this.host = host;
    this.port = port;
    this.tls = tls;
    this.limits = limits;
    this.places = new PlaceKeeper(limits.crowd());
    this.memory = new CallerMemory(new Budget(limits.crowd().memory()), connections.values());
    this.reception = new Reception(listener, places, this::connections);
    this.door = new Door(this::isFull, timer);
    this.transport = transport();
    var unused =
        timer.scheduleWithFixedDelay(
            () -> sweep(System.nanoTime()), SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
  }

  private TCPNIOTransport transport() {
    PortProcessor processor = new PortProcessor(this::accept, this::closed);
    TCPNIOTransport t =
        TCPNIOTransportBuilder.newInstance()
            .setIOStrategy(
                new PortStrategy(processor, e -> door.pause.failed(e, System.nanoTime())))
            .setReuseAddress(true)
            .setTcpNoDelay(true)
            .build();
    t.setSelectorRunnersCount(Math.max(1, Runtime.getRuntime().availableProcessors()));
    t.setSelectorHandler(new RoundEnd());
    t.setProcessor(processor);
    return t;
  }

  public void start() throws IOException {
    transport.start();
    try {
      places.descriptors(DescriptorReserve.ofProcess());
      door.is(transport.bind(new InetSocketAddress(host, port), BACKLOG));
    } catch (IOException | RuntimeException e) {
      transport.shutdownNow();
      throw PortException.of(host, port, "", e);
    }
  }

  /** From now on these are the limits for connections that come. */
  public void limits(ListenerLimits next) {
    limits = next;
    places.allow(next.crowd());
    memory.limit(next.crowd().memory());
  }

  /**
   * From now on each answer tells its caller that it is the last one of its connection, so that the
   * next request comes with a new one. Without that, a caller that keeps its connection would never
   * get away from here: a load balancer that balances connections moves new ones only.
   */
  public void lastRequests() {
    reception.lastRequests();
    for (CallerWatch c : connections.values()) c.lastRequest();
  }

  /** How many connections of clients there may be, with those that have not greeted. */
  public long links() {
    return places.links();
  }

  /** The port that was bound, where 0 asked for any. */
  public int port() {
    return door.port(port);
  }

  /**
   * Ends every connection as soon as what waits for it is written, and waits for that until the
   * time is over. A request that is still without an answer gets this refusal, a response that is
   * not complete is cut.
   */
  public void awaitWritten(Duration limit, RequestListener.Refusal refusal)
      throws InterruptedException {
    List<CallerWatch> all = List.copyOf(connections.values());
    CountDownLatch written = new CountDownLatch(all.size());
    for (CallerWatch c : all) {
      c.wire.whenWritten(
          () -> {
            c.end(refusal);
            written.countDown();
          });
    }
    if (!written.await(limit.toMillis(), TimeUnit.MILLISECONDS))
      LOG.warn("{} connections have not taken their last answer", written.getCount());
  }

  public void stop() throws IOException {
    for (CallerWatch c : connections.values()) c.cutIfBusy();
    transport.shutdownNow();
  }

  public int connections() {
    return connections.size();
  }

  /** How many of them are callers' or may still become a WebSocket. */
  public int callers() {
    return places.taken();
  }

  /**
   * Beyond the caps a few connections more are taken, so that those who look after this server are
   * answered; beyond these, none.
   */
  private @Nullable Wire accept(Connection<SocketAddress> connection) {
    ListenerLimits now = limits;
    InetAddress from =
        connection.getPeerAddress() instanceof InetSocketAddress a ? a.getAddress() : null;
    CallerPlaces.Place place = places.place(from);
    Wire wire = null;
    try {
      if (place != null
          && ((NIOConnection) connection).getChannel() instanceof SocketChannel channel)
        wire = serve(connection, channel, place, now);
      return wire;
    } finally {
      if (wire == null && place != null) place.giveBack();
      if (wire == null) connection.terminateSilently();
    }
  }

  private Wire serve(
      Connection<SocketAddress> connection,
      SocketChannel channel,
      CallerPlaces.Place place,
      ListenerLimits now) {
    Tls layer = tls == null ? null : new Tls(tls.get());
    Wire wire = new Wire(connection, channel, layer);
    wire.holding = new Holding(memory, layer != null);
    boolean reserve = place.inReserve();
    ListenerLimits its = reserve ? now.hurried() : now;
    CallerConnection caller = new CallerConnection(wire, its, place, reception);
    connections.put(wire, caller.watch);
    if (isFull()) door.pause.full(places.descriptors.kept(), System.nanoTime());
    if (reserve) places.hurry(caller.watch);
    wire.reader = caller;
    return wire;
  }

  private boolean isFull() {
    return connections.size() >= places.descriptors.connections();
  }

  private void closed(Wire wire) {
    // Before it is forgotten: nobody is to make room for what has gone.
    wire.holding.close();
    CallerWatch gone = connections.remove(wire);
    if (gone != null) places.leave(gone);
  }

  void sweep(long now) {
    Safely.run(() -> door.pause.tick(now));
    Safely.run(() -> Strangers.LINES.tick(now));
    // One of which that fails is not looked after any more.
    for (CallerWatch c : connections.values())
      if (!Safely.run(() -> c.sweep(now))) Safely.run(c.wire::abort);
    Safely.run(this::endReset);
  }

  /**
   * Callers have reset connections that are not read: those whose next hop takes no more for now,
   * and tunnels of which the caller's way has ended.
   */
  private void endReset() {
    Map<SocketChannel, Wire> unread = new HashMap<>();
    for (Wire w : connections.keySet()) if (w.reader.isUnread()) unread.put(w.tcp.channel, w);
    if (unread.isEmpty()) return;
    try {
      Resets.among(unread).forEach(Wire::abort);
    } catch (IOException e) {
      LOG.debug("connections that are not read cannot be looked at: {}", e.toString());
    }
  }
}
