package wsp.server;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.admin.Heartbeat;
import wsp.config.ConfigException;
import wsp.config.LinkKeys;
import wsp.config.Reloader;
import wsp.daemon.Admin;
import wsp.daemon.Daemon;
import wsp.daemon.Ledger;
import wsp.limit.Refusals;
import wsp.log.Logging;
import wsp.observe.ExchangeLines;
import wsp.observe.ExchangeObserver;
import wsp.observe.ObserveSettings.AdminAddress;
import wsp.process.Chores;
import wsp.process.Threads;
import wsp.process.Workers;
import wsp.reload.Reloads;
import wsp.server.failure.FailureLineReasons;
import wsp.server.failure.ProxyError;
import wsp.server.forward.OpenTunnels;
import wsp.server.forward.RequestHandler;
import wsp.server.forward.RequestsUnderWay;
import wsp.server.forward.Terms;
import wsp.server.listener.HttpListener;
import wsp.server.pool.ClientPools;
import wsp.server.pool.LeaseClock;
import wsp.server.pool.Liveness;
import wsp.server.pool.RefusedRegistrations;
import wsp.server.pool.RegisterEndpoint;
import wsp.server.pool.RegisterTerms;
import wsp.server.tunnel.v2.LinkSettings;
import wsp.tunnel.v2.Windows;

/** The parts of the server and how they hang together. */
final class WspServer implements Daemon<ServerConfig> {
  private static final Logger LOG = LoggerFactory.getLogger(WspServer.class);
  private static final Duration SWEEP = Duration.ofSeconds(1);
  private static final int WORKER_THREADS = 32;

  private final ScheduledExecutorService timer;
  private final Workers workers;
  final ClientPools pools;
  private final LeaseClock clock;
  private final RegisterEndpoint registerEndpoint;
  final RequestHandler requestHandler;
  private final Liveness liveness;
  private final Refusals refusals = new Refusals();
  final RefusedRegistrations refused = new RefusedRegistrations(refusals);
  final Ledger<ProxyError> ledger;
  private final Windows windows;
  final Heartbeat maintenance = new Heartbeat(System.nanoTime());
  final HttpListener listener;
  final @Nullable Admin admin;
  private final PortTls tls;
  private final Tally tally;
  private final Shutdown shutdown;
  final Reloads<ServerConfig> files = new Reloads<>();
  private final ServerConfig atStart;
  private volatile ServerConfig config;

  /**
   * @throws ConfigException if the certificate files cannot be used, or the access log not written
   */
  WspServer(ServerConfig config) throws ConfigException {
    this.config = config;
    atStart = config;
    tls = new PortTls(config.port().tls());
    files.watch(tls::files, () -> {});
    AdminAddress address = config.observe().admin();
    admin = address == null ? null : ServerAdmin.of(address);
    RequestsUnderWay counts = new RequestsUnderWay();
    List<ExchangeObserver> observers = new ArrayList<>();
    if (admin != null) observers.addAll(admin.observers());
    observers.add(counts);
    OpenTunnels tunnels = new OpenTunnels();
    observers.add(tunnels);
    observers.add(new ExchangeLines("", "client", new FailureLineReasons(refusals)));
    ledger = new Ledger<>(ProxyError.class, "wsp-server", "client", config.observe(), observers);
    timer = Threads.timer("wsp-timer");
    workers = new Workers("wsp-worker", WORKER_THREADS);
    pools = new ClientPools(config.pools().terms(), n -> ThreadLocalRandom.current().nextInt(n));
    clock = new LeaseClock(pools, config.pools().timeout(), timer);
    windows = new Windows(config.pools().links().maxBuffered());
    registerEndpoint = new RegisterEndpoint(registerTerms(config), pools, refused);
    requestHandler =
        new RequestHandler(
            config.requests(),
            clock,
            workers,
            ledger.outcomes(),
            counts,
            tunnels,
            registerEndpoint);
    liveness = new Liveness(pools, config.clients().deadPeer());
    listener =
        new HttpListener(
            config.port().host(),
            config.port().number(),
            tls.engines(),
            config.port().limits(),
            requestHandler,
            timer);
    tally = new Tally(pools);
    shutdown = new Shutdown(requestHandler, pools, listener);
  }

  private RegisterTerms registerTerms(ServerConfig config) {
    LinkKeys links = config.pools().links();
    Duration stall = config.port().limits().stallTimeout();
    return new RegisterTerms(
        config.clients().keys(),
        tls.wantsCertificates(),
        config.clients().greetingTimeout(),
        config.pools().terms().maxConnections(),
        links.auto() ? LinkSettings.of(config.requests().maxEnvelope(), windows, stall) : null);
  }

  /**
   * From now on this configuration counts: requests, registrations and connections that come later
   * are judged by it, and clients with a key that it does not have any more are closed. Address and
   * port stay what they are until a restart, and so does whether the port speaks TLS, with all that
   * comes with that. Any thread.
   *
   * @throws ConfigException if its certificate files cannot be used; nothing has changed then
   */
  synchronized void reload(ServerConfig next) throws ConfigException {
    tls.change(next.port().tls());
    config = next;
    pools.change(next.pools().terms());
    clock.timeout(next.pools().timeout());
    liveness.limit(next.clients().deadPeer());
    listener.limits(next.port().limits());
    pools.places(listener.links());
    windows.limit(next.pools().links().maxBuffered());
    registerEndpoint.change(registerTerms(next));
    requestHandler.change(onPort(next));
  }

  /** The port stays where it is, and so do the names by which it is asked. */
  private Terms onPort(ServerConfig next) {
    boolean same = next.port().host().equals(atStart.port().host());
    return same ? next.requests() : next.requests().askedBy(atStart.requests().names());
  }

  @Override
  public void start() throws IOException {
    if (admin != null) ServerAdmin.bind(admin, this);
    listener.start();
    pools.places(listener.links());
    chores().begin(timer, SWEEP);
    files.start();
    if (admin != null) admin.start();
    LOG.info("Listening on {}:{}", config.port().host(), listener.port());
  }

  @Override
  public String state() {
    return tally.line(ledger.rate(System.nanoTime()));
  }

  @Override
  public void watch(Reloader<ServerConfig> configuration) {
    files.watch(
        configuration,
        next -> {
          reload(next);
          Logging.setLevel(next.logLevel());
        });
  }

  /** All maintenance, by and by. */
  private Chores chores() {
    return new Chores()
        .add("the end of registrations that do not greet", registerEndpoint::sweep)
        .add("looking for dead connections", liveness::sweep)
        .add("shrinking pools", now -> pools.sweep(now, config.pools().idleTimeout().toNanos()))
        .add("counting connections", now -> tally.logChange())
        .add("counting failures", ledger::tick)
        .add("counting refusals", refusals::tick)
        .add("the heartbeat", now -> maintenance.passed(System.nanoTime()));
  }

  @Override
  public boolean drain() throws InterruptedException {
    return shutdown.drain(config.ending());
  }

  @Override
  public void close() throws IOException {
    try {
      // First the port: its last requests may want a timer or a worker.
      listener.stop();
      files.close();
      timer.shutdownNow();
      workers.close();
      ledger.close();
      refusals.stop();
    } finally {
      // Last, so that the end can be watched.
      if (admin != null) admin.close();
    }
  }
}
