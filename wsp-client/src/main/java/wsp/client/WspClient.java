package wsp.client;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.address.SystemNames;
import wsp.admin.Heartbeat;
import wsp.client.net.Reactor;
import wsp.client.origin.DescriptorShares;
import wsp.client.origin.Failure;
import wsp.client.origin.OriginEngine;
import wsp.client.websocket.Endpoint;
import wsp.client.websocket.WebSocketDialer;
import wsp.config.ConfigException;
import wsp.config.Reloader;
import wsp.daemon.Admin;
import wsp.daemon.Daemon;
import wsp.limit.Budget;
import wsp.log.Logging;
import wsp.observe.AccessLog;
import wsp.observe.ExchangeLines;
import wsp.observe.ExchangeObserver;
import wsp.observe.FailureLines;
import wsp.observe.Failures;
import wsp.observe.ObserveSettings;
import wsp.observe.ObserveSettings.AdminAddress;
import wsp.observe.Outcomes;
import wsp.observe.Traffic;
import wsp.process.Chores;
import wsp.process.Rounds;
import wsp.process.Workers;
import wsp.reload.Reloads;
import wsp.tls.TlsFiles;

/** The parts of the client and how they hang together: one pool for each server. */
final class WspClient implements Daemon<ClientConfig> {
  private static final Logger LOG = LoggerFactory.getLogger(WspClient.class);

  /** Between two passes of maintenance. */
  static final Duration TICK = Duration.ofMillis(500);

  private static final Duration FIRST_DELAY = Duration.ofMillis(100);
  private static final Duration BETWEEN_LOOKS_AT_FILES = Duration.ofSeconds(1);
  private static final int WORKER_THREADS = 32;
  private static final Duration BETWEEN_FAILURE_LINES = Duration.ofMinutes(1);
  private static final Duration MAINTENANCE_AT_MOST = Duration.ofSeconds(10);

  private final ClientConfig config;
  private final ScheduledExecutorService timer;
  private final Workers workers;
  private final Reactor reactor;
  private final OriginEngine engine;
  private final Targets targets = new Targets(this::pool);
  private final List<Discovery> discoveries = new ArrayList<>();
  private final Failures<Failure> failures = new Failures<>(Failure.class);
  private final Traffic traffic = new Traffic();
  private final FailureLines failureLines =
      new FailureLines(
          failures, BETWEEN_FAILURE_LINES, all -> LOG.info("failures so far: {}", all));
  private final WebSocketDialer webSockets;
  private final TlsFiles originTls;
  private final TlsFiles targetTls;
  private final ExchangeContext context;
  private final PoolSizes sizes;
  private final LinkSizes shared;
  private final Wires wires;
  private final Heartbeat maintenance = new Heartbeat(MAINTENANCE_AT_MOST, System.nanoTime());
  private final @Nullable Admin admin;
  private volatile boolean draining;
  private final @Nullable AccessLog accessLog;
  private volatile Dialer dialer;
  private final Reloads<ClientConfig> files = new Reloads<>(BETWEEN_LOOKS_AT_FILES);

  /** With files for TLS that cannot be used, or an access log, there is no client. */
  WspClient(ClientConfig config) throws ConfigException {
    this(config, SystemNames::all);
  }

  /**
   * @param lookup knows the addresses of targets that are names of several servers
   */
  WspClient(ClientConfig config, Discovery.Lookup lookup) throws ConfigException {
    // First, for it may fail, and the rest has to be closed.
    originTls = TlsFiles.client(config.originTls());
    // Without files nothing of it ever changes, and one will do.
    boolean same =
        config.targetTls().equals(config.originTls()) && config.targetTls().files().isEmpty();
    targetTls = same ? originTls : TlsFiles.client(config.targetTls());
    accessLog = accessLog(config.observe().accessLog());
    int cores = Runtime.getRuntime().availableProcessors();
    this.config = config;
    timer = Rounds.timer("wsp-timer");
    workers = new Workers("wsp-worker", WORKER_THREADS);
    reactor = new Reactor(cores);
    engine = Engines.of(config, originTls, reactor, timer);
    files.watch(() -> originTls, engine::trustChanged);
    if (!same) files.watch(() -> targetTls, () -> {});
    Budget envelopes = new Budget(config.wire().envelopeMemory());
    webSockets =
        new WebSocketDialer(
            reactor, timer, targetTls, config.dialTimeout(), config.maxEnvelope(), envelopes);
    int each = DescriptorShares.ofProcess(config.targets().size()).exchanges();
    sizes = config.sizes().atMost(each);
    int exchanges = Math.min(config.wire().maxExchanges(), each);
    shared = LinkSizes.of(cores, sizes.announced(), sizes.max(), exchanges);
    AdminAddress address = config.observe().admin();
    admin = address == null ? null : ClientAdmin.of(address);
    List<ExchangeObserver> observers = new ArrayList<>();
    if (admin != null) observers.addAll(admin.observers());
    if (accessLog != null) observers.add(accessLog);
    observers.add(traffic);
    observers.add(new ExchangeLines(config.id(), "target", new FailureLineReasons()));
    Outcomes<Failure> outcomes = new Outcomes<>(failures, ExchangeObserver.all(observers));
    context = new ExchangeContext(config, engine, workers, outcomes, envelopes);
    wires =
        new Wires(
            config,
            shared,
            TICK,
            envelopes,
            (stream, request, size) -> new Exchange(stream, context, request, size));
    dialer = dialer(config);
    for (Target target : config.targets()) {
      if (!target.everyAddress()) targets.add(target.url());
    }
    // Each name once: two who follow it would disagree for moments.
    config.targets().stream()
        .filter(Target::everyAddress)
        .distinct()
        .forEach(target -> discoveries.add(discovery(target, lookup)));
  }

  private ConnectionPool pool(Endpoint target) {
    return new ConnectionPool(
        target,
        sizes,
        shared,
        (to, owner, failed) -> dialer.dial(to, answer -> wires.link(owner, answer), failed),
        backoff(),
        workers,
        timer);
  }

  /** With the secret of a configuration. */
  private Dialer dialer(ClientConfig secret) {
    return new Dialer(
        webSockets, config.proxy(), secret.secretKey(), config.labels(), wires.offer());
  }

  private Discovery discovery(Target target, Discovery.Lookup lookup) {
    return new Discovery(
        target,
        lookup,
        config.resolveInterval(),
        backoff(),
        workers,
        addresses -> targets.sync(target.url(), addresses));
  }

  private static Backoff backoff() {
    return new Backoff(FIRST_DELAY, () -> ThreadLocalRandom.current().nextDouble());
  }

  private static @Nullable AccessLog accessLog(ObserveSettings.@Nullable AccessLog settings)
      throws ConfigException {
    return settings == null ? null : AccessLog.open(settings, "wsp-client", "target");
  }

  @Override
  public void watch(Reloader<ClientConfig> configuration) {
    files.watch(configuration, this::use);
  }

  /** Changes over to what may change while the client runs ({@link ClientConfig#LIVE}). */
  void use(ClientConfig next) {
    context.use(next);
    engine.guard(next.guard());
    dialer = dialer(next);
    Logging.setLevel(next.logLevel());
  }

  @Override
  public void start() throws IOException {
    if (admin != null) {
      engine.reserve(ClientAdmin.bind(admin, this));
      admin.start();
    }
    for (Target target : config.targets()) LOG.info("Connecting to {}", target);
    targets.start();
    resolve(System.nanoTime());
    files.start();
    Chores chores = chores();
    var unused =
        timer.scheduleWithFixedDelay(
            () -> chores.pass(System.nanoTime()),
            TICK.toMillis(),
            TICK.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Certificate authorities are still being read when {@link #start} returns. */
  @Override
  public void awaitStarted() throws ConfigException {
    originTls.await();
    targetTls.await();
  }

  /** The files that are read while it runs. */
  Reloads<ClientConfig> files() {
    return files;
  }

  @Override
  public String state() {
    int connected = 0;
    int idle = 0;
    int busy = 0;
    int streams = 0;
    boolean many = false;
    List<ConnectionPool> pools = targets.pools();
    for (ConnectionPool pool : pools) {
      PoolCounts counts = pool.counts();
      if (counts.idle() + counts.busy() > 0) connected++;
      idle += counts.idle();
      busy += counts.busy();
      streams += counts.streams();
      many |= counts.wire() > 1;
    }
    return "%d of %d targets connected, %d idle, %d busy%s, %s"
        .formatted(
            connected,
            pools.size(),
            idle,
            busy,
            many ? ", " + streams + " streams" : "",
            traffic.text(System.nanoTime()));
  }

  /** How often an exchange has failed in which way. */
  Failures<Failure> failures() {
    return failures;
  }

  /** The connections to each target. */
  List<PoolCounts> counts() {
    return targets.pools().stream().map(ConnectionPool::counts).toList();
  }

  /** True from the beginning of the end. */
  boolean draining() {
    return draining;
  }

  /** Whether the maintenance goes on. */
  Heartbeat maintenance() {
    return maintenance;
  }

  /** The handlers of the admin port, if there is one. */
  @Nullable Admin admin() {
    return admin;
  }

  private void resolve(long now) {
    for (Discovery d : discoveries) d.tick(now);
  }

  /** All maintenance, by and by. */
  private Chores chores() {
    return new Chores()
        .add("keeping connections", now -> targets.tick())
        .add("looking targets up", this::resolve)
        .add("sweeping connections to origins", engine::sweep)
        .add("counting failures", failureLines::tick)
        .add("the heartbeat", now -> maintenance.passed(System.nanoTime()));
  }

  /**
   * Stops in order: first no new connections, then the idle ones are closed, so that the servers
   * send nothing more; what is running has the grace time to finish.
   */
  @Override
  public boolean drain() throws InterruptedException {
    LOG.info("Stopping: no new requests");
    long deadline = System.nanoTime() + config.grace().toNanos();
    draining = true;
    targets.drain();
    boolean finished = targets.awaitEmpty(deadline);
    if (!finished) LOG.warn("Some exchanges did not finish in time");
    return finished;
  }

  /** Breaks off what is left and ends the threads. */
  @Override
  public void close() {
    files.close();
    targets.abort();
    engine.close();
    webSockets.close();
    reactor.close();
    workers.close();
    timer.shutdownNow();
    failureLines.stop();
    if (accessLog != null) accessLog.close();
    // Last, so that the end can be watched.
    if (admin != null) admin.close();
  }
}
