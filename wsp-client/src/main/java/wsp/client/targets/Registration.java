package wsp.client.targets;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.address.NameLookup;
import wsp.client.net.DescriptorShares;
import wsp.client.tunnel.Serving;
import wsp.client.websocket.Endpoint;
import wsp.client.websocket.WebSocketDialer;
import wsp.destination.ConfiguredUrl;
import wsp.limit.Budget;
import wsp.process.Safely;
import wsp.process.Workers;

/**
 * Registers with the servers of a configuration: a pool of links to each, and a look-up of each
 * name that stands for several. Safe for all threads.
 */
public final class Registration {
  private static final Logger LOG = LoggerFactory.getLogger(Registration.class);

  /** Between two passes of maintenance of {@link #targets}. */
  public static final Duration TICK = Duration.ofMillis(500);

  private static final Duration FIRST_DELAY = Duration.ofMillis(100);

  private final TargetSettings settings;
  private final WebSocketDialer webSockets;
  private final Workers workers;
  private final ScheduledExecutorService timer;

  /** Of each server that is named itself. */
  private final TargetShare whole;

  /** Of each name that several servers have. */
  private final Map<ConfiguredUrl, TargetShare> divided;

  private final Wires all;
  private final Targets targets = new Targets(this::pool, this::servers);
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
    whole = share(each);
    divided =
        settings.all().stream()
            .filter(Target::everyAddress)
            .map(Target::url)
            .distinct()
            .collect(toMap(url -> url, url -> share(each)));
    all = Wires.all(settings, whole.sizes().shared(), serving, envelopes);
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

  private TargetShare share(int requests) {
    int cores = Runtime.getRuntime().availableProcessors();
    return new TargetShare(requests, some -> Sizes.of(settings, cores, some));
  }

  private TargetShare share(Endpoint target) {
    TargetShare some = target.address() == null ? null : divided.get(target.url());
    return some == null ? whole : some;
  }

  private void servers(ConfiguredUrl url, int n) {
    TargetShare share = divided.get(url);
    if (share == null || !share.among(n) || n < 2) return;
    int most = share.each().requests();
    if (most < Math.max(settings.sizes().max(), settings.wire().maxExchanges()))
      LOG.warn(
          "Each of the {} servers of {} may have {} requests here at a time at most: {}",
          n,
          url,
          most,
          "ulimit -n (LimitNOFILE of systemd) allows no more");
  }

  private ConnectionPool pool(Endpoint target) {
    Wires wires = settings.several() ? all.one() : all;
    TargetShare share = share(target);
    return new ConnectionPool(
        target,
        share::sizes,
        (to, owner, failed) -> dialer.dial(to, wires.of(share.sizes().shared()), owner, failed),
        backoff(),
        workers,
        timer);
  }

  private Dialer dialer(String secretKey) {
    return new Dialer(webSockets, settings.proxy(), secretKey, settings.identity().labels());
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
    Safely.each(discoveries, d -> d.tick(now));
  }

  public Targets targets() {
    return targets;
  }
}
