package wsp.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import wsp.client.origin.DescriptorShares;
import wsp.client.tunnel.Serving;
import wsp.client.websocket.Endpoint;
import wsp.client.websocket.WebSocketDialer;
import wsp.limit.Budget;
import wsp.process.Workers;

/**
 * Registers with the servers of a configuration: a pool of links to each, and a look-up of each
 * name that stands for several. Safe for all threads.
 */
final class Registration {
  private static final Duration FIRST_DELAY = Duration.ofMillis(100);

  private final ClientConfig config;
  private final WebSocketDialer webSockets;
  private final Workers workers;
  private final ScheduledExecutorService timer;
  private final PoolSizes sizes;
  private final LinkSizes shared;
  private final Wires wires;
  private final Targets targets = new Targets(this::pool);
  private final List<Discovery> discoveries = new ArrayList<>();
  private volatile Dialer dialer;

  /**
   * With no targets yet.
   *
   * @param envelopes the memory for those that are not whole
   * @param serving serves the requests that come by all links
   */
  Registration(
      ClientConfig config,
      WebSocketDialer webSockets,
      Workers workers,
      ScheduledExecutorService timer,
      Budget envelopes,
      Serving serving) {
    this.config = config;
    this.webSockets = webSockets;
    this.workers = workers;
    this.timer = timer;
    int each = DescriptorShares.ofProcess(config.targets().size()).exchanges();
    sizes = config.sizes().atMost(each);
    int exchanges = Math.min(config.wire().maxExchanges(), each);
    int cores = Runtime.getRuntime().availableProcessors();
    shared = LinkSizes.of(cores, sizes.announced(), sizes.max(), exchanges);
    wires = new Wires(config, shared, WspClient.TICK, envelopes, serving);
    dialer = dialer(config);
  }

  /** Before the start. */
  void add(List<Target> all, Discovery.Lookup lookup) {
    for (Target target : all) {
      if (!target.everyAddress()) targets.add(target.url());
    }
    // Each name once: two who follow it would disagree for moments.
    all.stream()
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

  /** From now on with the secret of this configuration. */
  void use(ClientConfig next) {
    dialer = dialer(next);
  }

  /** Begins to connect. */
  void start() {
    targets.start();
    resolve(System.nanoTime());
  }

  /** One pass of maintenance of the look-ups; nanoTime. */
  void resolve(long now) {
    for (Discovery d : discoveries) d.tick(now);
  }

  /** The pools. */
  Targets targets() {
    return targets;
  }
}
