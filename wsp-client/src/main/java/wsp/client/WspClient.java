package wsp.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.address.NameLookup;
import wsp.address.SystemNames;
import wsp.admin.Heartbeat;
import wsp.client.net.Reactor;
import wsp.client.origin.Failure;
import wsp.client.origin.OriginEngine;
import wsp.client.serve.ExchangeContext;
import wsp.client.serve.FailureLineReasons;
import wsp.client.serve.OpenTunnels;
import wsp.client.serve.Terms;
import wsp.client.targets.PoolCounts;
import wsp.client.targets.Registration;
import wsp.client.targets.Target;
import wsp.client.targets.TargetSettings;
import wsp.client.websocket.WebSocketDialer;
import wsp.config.ConfigException;
import wsp.config.Reloader;
import wsp.daemon.Admin;
import wsp.daemon.Daemon;
import wsp.daemon.Ledger;
import wsp.limit.Budget;
import wsp.log.Logging;
import wsp.observe.ExchangeLines;
import wsp.observe.ExchangeObserver;
import wsp.observe.Failures;
import wsp.observe.ObserveSettings.AdminAddress;
import wsp.process.Chores;
import wsp.process.Threads;
import wsp.process.Workers;
import wsp.reload.Reloads;
import wsp.tls.TlsFiles;

/** The parts of the client and how they hang together: one pool for each server. */
final class WspClient implements Daemon<ClientConfig> {
  private static final Logger LOG = LoggerFactory.getLogger(WspClient.class);
  private static final int WORKER_THREADS = 32;

  private final ClientConfig config;
  private final ScheduledExecutorService timer;
  private final Workers workers;
  private final Reactor reactor;
  private final OriginEngine engine;
  private final TlsFiles originTls;
  private final TlsFiles targetTls;
  private final @Nullable Admin admin;
  private final Ledger<Failure> ledger;
  private final ExchangeContext context;
  private final WebSocketDialer webSockets;
  private final Registration registration;
  private final Heartbeat maintenance = new Heartbeat(System.nanoTime());
  private final Reloads<ClientConfig> files = new Reloads<>();
  private volatile boolean draining;

  /** With files for TLS that cannot be used, or an access log, there is no client. */
  WspClient(ClientConfig config) throws ConfigException {
    this(config, SystemNames::all);
  }

  WspClient(ClientConfig config, NameLookup lookup) throws ConfigException {
    this.config = config;
    // First, for it may fail, and the rest has to be closed.
    originTls = TlsFiles.client(config.originTls());
    TargetSettings targets = config.targets();
    // Without files nothing of it ever changes, and one will do.
    boolean same = targets.tls().equals(config.originTls()) && targets.tls().files().isEmpty();
    targetTls = same ? originTls : TlsFiles.client(targets.tls());
    AdminAddress address = config.observe().admin();
    admin = address == null ? null : ClientAdmin.of(address);
    List<ExchangeObserver> observers = new ArrayList<>();
    if (admin != null) observers.addAll(admin.observers());
    OpenTunnels tunnels = new OpenTunnels();
    observers.add(tunnels);
    String id = config.identity().id();
    observers.add(new ExchangeLines(id, "target", new FailureLineReasons()));
    ledger = new Ledger<>(Failure.class, "wsp-client", "target", config.observe(), observers);
    timer = Threads.timer("wsp-timer");
    workers = new Workers("wsp-worker", WORKER_THREADS);
    reactor = new Reactor(Runtime.getRuntime().availableProcessors());
    engine = Engines.of(config, originTls, reactor, timer);
    files.watch(() -> originTls, engine::trustChanged);
    if (!same) files.watch(() -> targetTls, () -> {});
    // What runs cannot take all from what comes: that would cost others than those that run.
    long memory = targets.wire().envelopeMemory();
    Budget running = new Budget(memory / 4 * 3);
    Budget coming = new Budget(memory / 4);
    boolean combined = config.observe().combined();
    context =
        new ExchangeContext(
            id, combined, terms(config), workers, ledger.outcomes(), running, tunnels);
    webSockets = new WebSocketDialer(reactor, timer, targetTls, targets.times().dial());
    registration = new Registration(targets, webSockets, workers, timer, coming, context);
    registration.add(lookup);
  }

  @Override
  public void watch(Reloader<ClientConfig> configuration) {
    files.watch(configuration, this::use);
  }

  /** Changes over to what may change while the client runs ({@link ClientConfig#LIVE}). */
  void use(ClientConfig next) {
    context.use(terms(next));
    registration.use(next.identity().secretKey());
    Logging.setLevel(next.logLevel());
  }

  /**
   * By which requests are judged; the guard of the configuration is in use from here on, and its
   * connecttimeout after a restart, as everywhere.
   */
  private Terms terms(ClientConfig c) {
    long patience = config.origin().connectTimeout().toNanos();
    return new Terms(c.rules(), c.tunnelPorts(), patience, engine.guard(c.guard()), c.errorCodes());
  }

  @Override
  public void start() throws IOException {
    if (admin != null) {
      engine.reserve(ClientAdmin.bind(admin, this));
      admin.start();
    }
    for (Target target : config.targets().all()) LOG.info("Connecting to {}", target);
    registration.start();
    files.start();
    chores().begin(timer, Registration.TICK);
  }

  /** Certificate authorities are still being read when {@link #start} returns. */
  @Override
  public void awaitStarted() throws ConfigException {
    originTls.await();
    targetTls.await();
  }

  Reloads<ClientConfig> files() {
    return files;
  }

  @Override
  public String state() {
    return PoolCounts.line(counts(), ledger.rate(System.nanoTime()));
  }

  Failures<Failure> failures() {
    return ledger.failures();
  }

  List<PoolCounts> counts() {
    return registration.targets().counts();
  }

  /** True from the beginning of the end. */
  boolean draining() {
    return draining;
  }

  Heartbeat maintenance() {
    return maintenance;
  }

  @Nullable Admin admin() {
    return admin;
  }

  private Chores chores() {
    return new Chores()
        .add("keeping connections", now -> registration.targets().tick())
        .add("looking targets up", registration::resolve)
        .add("sweeping connections to origins", engine::sweep)
        .add("counting failures", ledger::tick)
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
    registration.targets().drain();
    boolean finished = registration.targets().awaitEmpty(deadline);
    if (!finished) LOG.warn("Some exchanges did not finish in time");
    return finished;
  }

  /** Breaks off what is left and ends the threads. */
  @Override
  public void close() {
    files.close();
    registration.targets().abort();
    engine.close();
    webSockets.close();
    reactor.close();
    workers.close();
    timer.shutdownNow();
    ledger.close();
    // Last, so that the end can be watched.
    if (admin != null) admin.close();
  }
}
