package wsp.client;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.client.net.Reactor;
import wsp.client.replay.Failure;
import wsp.client.replay.Replayer;
import wsp.client.websocket.Endpoint;
import wsp.client.websocket.WebSocketDialer;
import wsp.config.ConfigException;
import wsp.config.Reloader;
import wsp.observe.ExchangeObserver;
import wsp.observe.Outcomes;
import wsp.runtime.FailureLines;
import wsp.runtime.Failures;
import wsp.runtime.LastResort;
import wsp.runtime.Logging;
import wsp.runtime.Workers;
import wsp.tls.TlsFiles;

/** The parts of the client and how they hang together: one pool for each server. */
final class WspClient implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WspClient.class);

  /** Between two passes of maintenance. */
  static final Duration TICK = Duration.ofMillis(500);

  private static final Duration FIRST_DELAY = Duration.ofMillis(100);
  private static final int WORKER_THREADS = 32;
  private static final Duration BETWEEN_FAILURE_LINES = Duration.ofMinutes(1);

  private final ClientConfig config;
  private final ScheduledExecutorService timer;
  private final Workers workers;
  private final Reactor reactor;
  private final Replayer replayer;
  private final Targets targets = new Targets(this::pool);
  private final List<Discovery> discoveries = new ArrayList<>();
  private final Failures<Failure> failures = new Failures<>(Failure.class);
  private final FailureLines failureLines =
      new FailureLines(
          failures, BETWEEN_FAILURE_LINES, all -> LOG.info("failures so far: {}", all));
  private final WebSocketDialer webSockets;
  private final TlsFiles targetTls;
  private final ExchangeContext context;
  private volatile Dialer dialer;
  private @Nullable Reloader<ClientConfig> reloader;

  /** With files for TLS that cannot be used, there is no client. */
  WspClient(ClientConfig config) throws ConfigException {
    this(config, InetAddress::getAllByName);
  }

  /**
   * @param lookup knows the addresses of targets that are names of several servers
   */
  WspClient(ClientConfig config, Discovery.Lookup lookup) throws ConfigException {
    // First, for it may fail, and the rest has to be closed.
    TlsFiles originTls = TlsFiles.client(config.originTls());
    targetTls = TlsFiles.client(config.targetTls());
    int cores = Runtime.getRuntime().availableProcessors();
    this.config = config;
    timer = Executors.newSingleThreadScheduledExecutor(WspClient::timerThread);
    workers = new Workers("wsp-worker", WORKER_THREADS);
    reactor = new Reactor(cores);
    replayer = new Replayer(config.origin(), config.guard(), originTls, reactor, workers, timer);
    webSockets =
        new WebSocketDialer(reactor, targetTls, config.dialTimeout(), config.maxEnvelope());
    dialer = new Dialer(webSockets, config.proxy(), config.secretKey());
    Outcomes<Failure> outcomes = new Outcomes<>(failures, ExchangeObserver.all(List.of()));
    context = new ExchangeContext(config.rules(), replayer, workers, outcomes);
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
        target, config.sizes(), this::dial, this::connection, backoff(), workers, timer);
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

  private static Thread timerThread(Runnable r) {
    Thread t = new Thread(r, "wsp-timer");
    t.setDaemon(true);
    return t;
  }

  private void dial(Endpoint target, Connection connection, Consumer<Dialer.Failure> failed) {
    dialer.dial(target, connection, failed);
  }

  private Connection connection(ConnectionPool pool) {
    Liveness liveness =
        new Liveness(TICK, config.pingInterval(), config.deadPeer(), config.stallTimeout());
    return new Connection(context, pool, config.greeting(), liveness);
  }

  /** To be called before {@link #start}: puts to use what this finds on each pass. */
  void watch(Reloader<ClientConfig> configuration) {
    reloader = configuration;
  }

  /** Changes over to what may change while the client runs ({@link ClientConfig#LIVE}). */
  void use(ClientConfig next) {
    context.rules(next.rules());
    replayer.guard(next.guard());
    dialer = new Dialer(webSockets, config.proxy(), next.secretKey());
    Logging.setLevel(next.logLevel());
  }

  /** Begins to connect. */
  void start() {
    warnOfInsecurity();
    for (Target target : config.targets()) LOG.info("Connecting to {}", target);
    targets.start();
    resolve(System.nanoTime());
    var unused =
        timer.scheduleWithFixedDelay(
            this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** How often an exchange has failed in which way. */
  Failures<Failure> failures() {
    return failures;
  }

  private void warnOfInsecurity() {
    if (config.originTls().insecure())
      LOG.warn("INSECURE: the certificates of origins are not verified (origininsecure)");
    if (config.targetTls().insecure())
      LOG.warn("INSECURE: the certificates of targets are not verified (targetinsecure)");
  }

  private void resolve(long now) {
    for (Discovery d : discoveries) d.tick(now);
  }

  private void tick() {
    try {
      if (reloader != null) reloader.poll(this::use);
      targets.tick();
      long now = System.nanoTime();
      resolve(now);
      replayer.sweep(now);
      targetTls.reload();
      failureLines.tick(now);
    } catch (RuntimeException | Error e) { // a timer's task that throws never runs again
      LastResort.endIfOutOfMemory(e);
      LOG.error("maintenance failed:", e);
    }
  }

  /**
   * Stops in order: first no new connections, then the idle ones are closed, so that the servers
   * send nothing more; what is running has the grace time to finish.
   *
   * @return true if everything finished
   */
  boolean drain() throws InterruptedException {
    long deadline = System.nanoTime() + config.grace().toNanos();
    targets.drain();
    return targets.awaitEmpty(deadline);
  }

  /** Breaks off what is left and ends the threads. */
  @Override
  public void close() {
    targets.abort();
    replayer.close();
    reactor.close();
    workers.close();
    timer.shutdownNow();
    failureLines.stop();
  }
}
