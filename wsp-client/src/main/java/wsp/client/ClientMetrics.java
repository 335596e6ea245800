package wsp.client;

import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import wsp.client.origin.Failure;
import wsp.metrics.ExchangeMetrics;
import wsp.metrics.Metrics;
import wsp.metrics.ReloadMetrics;
import wsp.metrics.Sample;
import wsp.observe.ExchangeObserver;
import wsp.runtime.Redaction;

/** The numbers of the client; all names begin with {@code wsp_client_}. */
final class ClientMetrics {
  /** A name may stand for many targets: no more of them are told one by one. */
  static final int MAX_TARGETS = 100;

  private final Metrics all = new Metrics("wsp_client_", version());
  private final ExchangeMetrics exchanges =
      new ExchangeMetrics(
          all,
          "origin_connect_seconds",
          "From a request to a connection to its origin, kept or new; of those that got one.");

  private static String version() {
    String version = ClientMetrics.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }

  Metrics all() {
    return all;
  }

  ExchangeObserver exchanges() {
    return exchanges;
  }

  /** From now on this one is asked for what it has; once. */
  void watch(WspClient client) {
    all.gauges(
        "connections",
        "Connections to targets; those beyond the first "
            + MAX_TARGETS
            + " targets are summed up as other.",
        List.of("target", "state"),
        () -> Sample.bounded(MAX_TARGETS, states(client.counts())));
    perTarget(client, "dials_total", "Attempts to connect.", PoolCounts::dials);
    perTarget(
        client, "dial_failures_total", "Attempts to connect that failed.", PoolCounts::failedDials);
    perTarget(
        client,
        "reconnects_total",
        "How often there was a connection again after there had been none.",
        PoolCounts::reconnects);
    perTarget(
        client,
        "connections_lost_total",
        "Connections that ended otherwise than by a close in order.",
        PoolCounts::lost);
    ReloadMetrics.add(all, client.files());
    all.failures(client.failures(), Failure.class, Failure::side);
  }

  private void perTarget(
      WspClient client, String name, String help, ToLongFunction<PoolCounts> value) {
    all.counters(
        name,
        help,
        List.of("target"),
        () ->
            Sample.bounded(
                MAX_TARGETS,
                client.counts().stream()
                    .map(c -> Sample.of(value.applyAsLong(c), shown(c)))
                    .toList()));
  }

  private static List<Sample> states(List<PoolCounts> pools) {
    return pools.stream()
        .flatMap(
            c ->
                Stream.of(
                    Sample.of(c.connecting(), shown(c), "connecting"),
                    Sample.of(c.idle(), shown(c), "idle"),
                    Sample.of(c.busy(), shown(c), "busy")))
        .toList();
  }

  private static String shown(PoolCounts pool) {
    return Redaction.urls(pool.target());
  }
}
