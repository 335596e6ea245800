package wsp.server;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.admin.Heartbeat;
import wsp.admin.RefusedRow;
import wsp.config.ConfigException;
import wsp.config.ErrorCodes;
import wsp.config.LinkKeys;
import wsp.config.Reloader;
import wsp.daemon.Admin;
import wsp.daemon.Daemon;
import wsp.http1.RequestHead;
import wsp.limit.Budget;
import wsp.limit.Refusals;
import wsp.log.Logging;
import wsp.observe.AccessLog;
import wsp.observe.ExchangeObserver;
import wsp.observe.Failures;
import wsp.observe.ObserveSettings;
import wsp.observe.ObserveSettings.AdminAddress;
import wsp.process.Chores;
import wsp.process.Rounds;
import wsp.process.Workers;
import wsp.reload.Reloads;
import wsp.server.failure.ProxyError;
import wsp.server.forward.BehindProxies;
import wsp.server.forward.RequestHandler;
import wsp.server.listener.Caller;
import wsp.server.listener.HttpListener;
import wsp.server.listener.Remote;
import wsp.server.listener.RequestListener;
import wsp.server.pool.ClientPools;
import wsp.server.pool.LeaseClock;
import wsp.server.pool.Liveness;
import wsp.server.pool.PooledConnection;
import wsp.server.pool.RefusedRegistrations;
import wsp.server.pool.RegisterEndpoint;
import wsp.server.tunnel.v2.LinkSettings;
import wsp.tunnel.v2.Windows;

/** The parts of the server and how they hang together. */
final class WspServer implements Daemon<ServerConfig> {
  private static final Logger LOG = LoggerFactory.getLogger(WspServer.class);
  private static final long SWEEP_MILLIS = 1000;
  private static final Duration BETWEEN_LOOKS_AT_FILES = Duration.ofSeconds(1);
  private static final int WORKER_THREADS = 32;
  private static final Duration MAINTENANCE_AT_MOST = Duration.ofSeconds(10);

  private final ScheduledExecutorService timer;
  private final Workers workers;
  private final ClientPools pools;
  private final LeaseClock clock;
  private final RegisterEndpoint registerEndpoint;
  private final RequestHandler requestHandler;
  private final Liveness liveness;
  private final Refusals refusals = new Refusals();
  private final RefusedRegistrations refused = new RefusedRegistrations(refusals);
  private final Ledger ledger;
  private final Windows windows;
  private final Heartbeat maintenance = new Heartbeat(MAINTENANCE_AT_MOST, System.nanoTime());
  private final HttpListener listener;
  private final @Nullable Admin admin;
  private final @Nullable AccessLog accessLog;
  private final PortTls tls;
  private final Reloads<ServerConfig> files = new Reloads<>(BETWEEN_LOOKS_AT_FILES);
  private volatile ServerConfig config;
  private ClientPools.Counts lastCounts = new ClientPools.Counts(0, 0, 0);

  /**
   * @throws ConfigException if the certificate files cannot be used, or the access log not written
   */
  WspServer(ServerConfig config) throws ConfigException {
    this.config = config;
    tls = new PortTls(config.port().tls());
    files.watch(tls::files, () -> {});
    accessLog = accessLog(config.observe().accessLog());
    timer = Rounds.timer("wsp-timer");
    workers = new Workers("wsp-worker", WORKER_THREADS);
    pools =
        new ClientPools(
            config.pools().maxConnections(),
            config.pools().maxClientConnections(),
            config.pools().maxWaiting(),
            new Budget(config.pools().envelopeMemory()),
            RegisterEndpoint::random);
    pools.balance(config.pools().balance());
    pools.expect(config.clients().deadPeer().toNanos());
    clock = new LeaseClock(pools, config.pools().timeout(), timer);
    windows = new Windows(config.pools().links().maxBuffered());
    registerEndpoint = new RegisterEndpoint(terms(config), pools, refused);
    AdminAddress address = config.observe().admin();
    admin = address == null ? null : ServerAdmin.of(address);
    List<ExchangeObserver> observers = new ArrayList<>();
    if (admin != null) observers.addAll(admin.observers());
    if (accessLog != null) observers.add(accessLog);
    BehindProxies behindProxies = new BehindProxies();
    observers.add(behindProxies);
    ledger = new Ledger(observers, refusals);
    requestHandler =
        new RequestHandler(
            config.requests(), pools, clock, workers, ledger.outcomes(), behindProxies);
    liveness = new Liveness(pools, config.clients().deadPeer());
    listener =
        new HttpListener(
            config.port().host(),
            config.port().number(),
            "/register",
            tls.engines(),
            config.port().limits(),
            new Requests(),
            timer);
  }

  private static @Nullable AccessLog accessLog(ObserveSettings.@Nullable AccessLog settings)
      throws ConfigException {
    return settings == null ? null : AccessLog.open(settings, "wsp-server", "client");
  }

  private RegisterEndpoint.Terms terms(ServerConfig config) {
    LinkKeys links = config.pools().links();
    Duration stall = config.port().limits().stallTimeout();
    return new RegisterEndpoint.Terms(
        config.clients().keys(),
        config.port().wantsCertificates(),
        config.clients().greetingTimeout(),
        config.pools().maxConnections(),
        links.auto() ? LinkSettings.of(config.requests().maxEnvelope(), windows, stall) : null);
  }

  /**
   * From now on this configuration counts: requests, registrations and connections that come later
   * are judged by it, and clients with a key that it does not have any more are closed. Address and
   * port stay what they are until a restart, and so does whether the port speaks TLS. Any thread.
   *
   * @throws ConfigException if its certificate files cannot be used; nothing has changed then
   */
  synchronized void reload(ServerConfig next) throws ConfigException {
    tls.change(next.port().tls());
    config = next;
    pools.limit(
        next.pools().maxConnections(),
        next.pools().maxClientConnections(),
        next.pools().maxWaiting());
    pools.envelopeMemory(next.pools().envelopeMemory());
    pools.balance(next.pools().balance());
    pools.expect(next.clients().deadPeer().toNanos());
    clock.timeout(next.pools().timeout());
    liveness.limit(next.clients().deadPeer());
    listener.limits(next.port().limits());
    windows.limit(next.pools().links().maxBuffered());
    registerEndpoint.change(terms(next));
    requestHandler.change(next.requests());
  }

  @Override
  public void start() throws IOException {
    if (admin != null) ServerAdmin.bind(admin, this);
    listener.start();
    Chores chores = chores();
    var unused =
        timer.scheduleWithFixedDelay(
            () -> chores.pass(System.nanoTime()),
            SWEEP_MILLIS,
            SWEEP_MILLIS,
            TimeUnit.MILLISECONDS);
    files.start();
    if (admin != null) admin.start();
    LOG.info("Listening on {}:{}", config.port().host(), listener.port());
  }

  /** The port that is listened on. */
  int port() {
    return listener.port();
  }

  /** How many connections are idle, and how many busy. */
  ClientPools.Counts counts() {
    return pools.counts();
  }

  /** How often a request has failed in which way. */
  Failures<ProxyError> failures() {
    return ledger.failures();
  }

  @Override
  public String state() {
    ClientPools.Counts counts = pools.counts();
    String streams =
        counts.links() == 0
            ? ""
            : ", %d streams on %d links".formatted(counts.exchanges(), counts.links());
    return "%d clients, %d idle, %d busy%s, %d waiting, %s"
        .formatted(
            counts.clients(),
            counts.idle(),
            counts.busy(),
            streams,
            pools.waiting(),
            ledger.rate(System.nanoTime()));
  }

  /** Requests that wait for a connection. */
  int waiting() {
    return pools.waiting();
  }

  /** Connections of callers and clients. */
  int connections() {
    return listener.connections();
  }

  /** Connections of callers, and of clients that have not been let in yet. */
  int callers() {
    return listener.callers();
  }

  /** The clients and their connections. */
  ClientPools pools() {
    return pools;
  }

  /** For the live page. */
  List<RefusedRow> refusedRegistrations() {
    return refused.rows();
  }

  /** True from the beginning of the end. */
  boolean going() {
    return requestHandler.going();
  }

  /** Whether the maintenance goes on. */
  Heartbeat maintenance() {
    return maintenance;
  }

  /** The handlers of the admin port, if there is one. */
  @Nullable Admin admin() {
    return admin;
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

  /** The files that are read while it runs. */
  Reloads<ServerConfig> files() {
    return files;
  }

  /** All maintenance, by and by. */
  private Chores chores() {
    return new Chores()
        .add("the end of registrations that do not greet", registerEndpoint::sweep)
        .add("looking for dead connections", liveness::sweep)
        .add("shrinking pools", now -> pools.sweep(now, config.pools().idleTimeout().toNanos()))
        .add("counting connections", now -> logCounts())
        .add("counting failures", ledger::tick)
        .add("counting refusals", refusals::tick)
        .add("the heartbeat", now -> maintenance.passed(System.nanoTime()));
  }

  private void logCounts() {
    ClientPools.Counts counts = pools.counts();
    if (counts.equals(lastCounts)) return;
    lastCounts = counts;
    LOG.info(
        "{} pools, {} idle connections, {} busy{}",
        counts.clients(),
        counts.idle(),
        counts.busy(),
        counts.links() == 0
            ? ""
            : ", %d streams on %d of wire 2".formatted(counts.exchanges(), counts.links()));
  }

  /**
   * Ends in order. Blocks until everything running is finished, or the time for it is over.
   *
   * <ol>
   *   <li>{@code /status} says so, and each answer closes its connection; nothing else is different
   *       for the time of the notice: a load balancer finds out before a request has to be refused,
   *       and callers that keep their connections come by a new one.
   *   <li>New requests and registrations are refused with a 503, so that a load balancer goes
   *       elsewhere.
   *   <li>Idle connections are closed: their clients need not wait for us any more.
   *   <li>Running exchanges finish; each one's connection is closed when it is released.
   *   <li>The rest is cut, and the port given up last, so that until then every caller was told
   *       why.
   * </ol>
   */
  @Override
  public boolean drain() throws InterruptedException {
    giveNotice(config.ending().notice());
    LOG.info(
        "Stopping: {} exchanges have {} ms to finish",
        pools.counts().exchanges(),
        config.ending().grace().toMillis());
    long deadline = System.nanoTime() + config.ending().grace().toNanos();
    requestHandler.drain();
    pools.drain();
    boolean finished = pools.awaitEmpty(config.ending().grace().toNanos());
    if (!finished) {
      LOG.warn("{} exchanges did not finish in time and are cut", pools.counts().exchanges());
      // They may have been executed: their callers are not told to come again.
      for (PooledConnection c : pools.all()) c.socket().abort();
    }
    listener.awaitWritten(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())), refusal());
    return finished;
  }

  private void giveNotice(Duration notice) throws InterruptedException {
    requestHandler.giveNotice();
    listener.lastRequests();
    if (notice.isZero()) return;
    LOG.info("Stopping in {} ms", notice.toMillis());
    // Nothing but the end of the process cuts this short.
    var unused = new CountDownLatch(1).await(notice.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static RequestListener.Refusal refusal() {
    // The same status in both sets of codes.
    ProxyError error = ProxyError.DRAINING;
    ErrorCodes codes = ErrorCodes.LEGACY;
    return new RequestListener.Refusal(
        error.status(codes), error.headers(codes, "", ""), error.text());
  }

  @Override
  public void close() throws IOException {
    try {
      // First the port: its last requests may want a timer or a worker.
      listener.stop();
      files.close();
      timer.shutdownNow();
      workers.close();
      ledger.stop();
      refusals.stop();
      if (accessLog != null) accessLog.close();
    } finally {
      // Last, so that the end can be watched.
      if (admin != null) admin.close();
    }
  }

  /** Where each kind of arrival goes. */
  private final class Requests implements RequestListener {
    @Override
    public void onRequest(Caller caller) {
      requestHandler.handle(caller);
    }

    @Override
    public void onOverload(Caller caller) {
      requestHandler.overload(caller);
    }

    @Override
    public boolean isRegistration(RequestHead head) {
      return requestHandler.isRegistration(head);
    }

    @Override
    public Judgement onRegister(RequestHead head, Remote remote, boolean verified) {
      if (requestHandler.draining()) return refusal();
      String from = config.requests().forwarding().caller(remote, head.headers());
      return registerEndpoint.judge(head, from, verified);
    }
  }
}
