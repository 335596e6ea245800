package wsp.client;

import java.io.IOException;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import wsp.admin.LiveSource;
import wsp.admin.LiveSource.PoolRow;
import wsp.client.origin.Failure;
import wsp.client.serve.FailureWords;
import wsp.client.targets.PoolCounts;
import wsp.daemon.Admin;
import wsp.log.Redaction;
import wsp.metrics.Metrics;
import wsp.metrics.ReloadMetrics;
import wsp.metrics.Sample;
import wsp.observe.ObserveSettings.AdminAddress;

/**
 * The handlers of the admin port of the client; the names of its metrics begin with wsp_client_.
 */
final class ClientAdmin {
  /** A name may stand for many targets: no more of them are told one by one. */
  static final int MAX_TARGETS = 100;

  private ClientAdmin() {}

  /** The port, not bound yet. */
  static Admin of(AdminAddress address) {
    return new Admin(
        address,
        new Admin.Names(
            "wsp_client_",
            LiveSource.versionOf(ClientAdmin.class),
            "origin_connect_seconds",
            "From a request to a connection to its origin, kept or new; of those that got one."),
        failed -> false);
  }

  /** Binds the port for a client; a failure names address and port. */
  static int bind(Admin admin, WspClient client) throws IOException {
    count(admin.metrics(), client);
    return admin.bind(
        new LiveSource(
            "wsp-client",
            LiveSource.versionOf(ClientAdmin.class),
            () -> unready(client),
            () -> client.counts().stream().map(ClientAdmin::row).toList(),
            List::of,
            FailureWords.ALL),
        client.maintenance());
  }

  private static PoolRow row(PoolCounts pool) {
    return new PoolRow(pool.target(), pool.connecting(), pool.idle(), pool.busy(), note(pool));
  }

  private static String note(PoolCounts pool) {
    if (!pool.connected()) return pool.lastFailure();
    return pool.wire() < 2 ? "" : "wire " + pool.wire() + ", streams: " + pool.streams();
  }

  private static @Nullable String unready(WspClient client) {
    if (client.draining()) return "the client is shutting down";
    boolean connected = client.counts().stream().anyMatch(PoolCounts::connected);
    return connected ? null : "no target is connected";
  }

  private static void count(Metrics all, WspClient client) {
    all.gauges(
        "connections",
        "Connections to targets; those beyond the first "
            + MAX_TARGETS
            + " targets are summed up as other.",
        List.of("target", "state"),
        () -> Sample.bounded(MAX_TARGETS, states(client.counts())));
    all.gauges(
        "streams",
        "Requests that are under way on connections to targets; on version 1 of the wire, one on"
            + " each busy one.",
        List.of("target"),
        () -> Sample.bounded(MAX_TARGETS, each(client, PoolCounts::streams)));
    all.gauges(
        "wire",
        "The version of the wire that the latest connection speaks; 0 before there was one.",
        List.of("target"),
        () -> Sample.bounded(MAX_TARGETS, each(client, PoolCounts::wire)));
    Counters perTarget = new Counters(all, client);
    perTarget.add("dials_total", "Attempts to connect.", PoolCounts::dials);
    perTarget.add(
        "dial_failures_total", "Attempts to connect that failed.", PoolCounts::failedDials);
    perTarget.add(
        "reconnects_total",
        "How often there was a connection again after there had been none.",
        PoolCounts::reconnects);
    perTarget.add(
        "connections_lost_total",
        "Connections that ended otherwise than by a close in order.",
        PoolCounts::lost);
    ReloadMetrics.add(all, client.files());
    all.failures(client.failures(), Failure.class, Failure::side);
  }

  /** Counters with one number for each target. */
  private record Counters(Metrics all, WspClient client) {
    void add(String name, String help, ToLongFunction<PoolCounts> value) {
      all.counters(
          name, help, List.of("target"), () -> Sample.bounded(MAX_TARGETS, each(client, value)));
    }
  }

  private static List<Sample> each(WspClient client, ToLongFunction<PoolCounts> value) {
    return client.counts().stream().map(c -> Sample.of(value.applyAsLong(c), shown(c))).toList();
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
