package wsp.client.targets;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import wsp.address.NameLookup;
import wsp.client.net.DescriptorShares;
import wsp.client.tunnel.Serving;
import wsp.client.websocket.Endpoint;
import wsp.client.websocket.WebSocketDialer;
import wsp.limit.Budget;
import wsp.process.Workers;

/**
 * Registers with the servers of a configuration: a pool of links to each, and a look-up of each
 * name that stands for several. Safe for all threads.
 */
public final class Registration {
  /** Between two passes of maintenance of {@link #targets}. */
  public static final Duration TICK = Duration.ofMillis(500);

  private static final Duration FIRST_DELAY = Duration.ofMillis(100);

  private final TargetSettings settings;
  private final WebSocketDialer webSockets;
  private final Workers workers;
  private final ScheduledExecutorService timer;
  private final PoolSizes sizes;
  private final LinkSizes shared;
  private final Wires all;
  private final Targets targets = new Targets(this::pool);
  private final List<Discovery> discoveries = new ArrayList<>();
  private volatile Dialer dialer;

  public Registration(
      TargetSettings settings,
      WebSocketDialer webSockets,
      Workers workers,
      ScheduledExecutorService timer,
      Budget envelopes,
      Serving serving) {
    this.settings = settings;
    this.webSockets = webSockets;
    this.workers = workers;
    this.timer = timer;
    int each = DescriptorShares.ofProcess(settings.all().size()).exchanges();
    sizes = settings.sizes().atMost(each);
    int exchanges = Math.min(settings.wire().maxExchanges(), each);
    int cores = Runtime.getRuntime().availableProcessors();
    shared = LinkSizes.of(cores, sizes.announced(), sizes.max(), exchanges);
    all = Wires.all(settings, shared, serving, envelopes);
    dialer = dialer(settings.identity().secretKey());
  }

  /** Before the start; targets that are names of several servers are looked up by this. */
  public void add(NameLookup lookup) {
    for (Target target : settings.all()) {
      if (!target.everyAddress()) targets.add(target.url());
    }
    // Each name once: two who follow it would disagree for moments.
    settings.all().stream()
        .filter(Target::everyAddress)
        .distinct()
        .forEach(target -> discoveries.add(discovery(target, lookup)));
  }

  private ConnectionPool pool(Endpoint target) {
    Wires wires = settings.several() ? all.one() : all;
    return new ConnectionPool(
        target,
        sizes,
        shared,
        (to, owner, failed) -> dialer.dial(to, wires.links(owner), failed),
        backoff(),
        workers,
        timer);
  }

  private Dialer dialer(String secretKey) {
    return Dialer.of(
        webSockets, settings.proxy(), secretKey, settings.identity().labels(), all.offer());
  }

  private Discovery discovery(Target target, NameLookup lookup) {
    return new Discovery(
        target,
        lookup,
        settings.resolveInterval(),
        backoff(),
        workers,
        addresses -> targets.sync(target.url(), addresses));
  }

  private static Backoff backoff() {
    return new Backoff(FIRST_DELAY, () -> ThreadLocalRandom.current().nextDouble());
  }

  public void use(String secretKey) {
    dialer = dialer(secretKey);
  }

  public void start() {
    targets.start();
    resolve(System.nanoTime());
  }

  /** One pass of maintenance of the look-ups; nanoTime. */
  public void resolve(long now) {
    for (Discovery d : discoveries) d.tick(now);
  }

  public Targets targets() {
    return targets;
  }
}
