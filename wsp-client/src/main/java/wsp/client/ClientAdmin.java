package wsp.client;

import java.io.IOException;
import java.util.List;
import java.util.Map;
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
import wsp.metrics.Rows;
import wsp.observe.ObserveSettings.AdminAddress;

/**
 * The handlers of the admin port of the client; the names of its metrics begin with wsp_client_.
 */
final class ClientAdmin {
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
    Rows<PoolCounts> targets =
        new Rows<>(all, "target", client::counts, pool -> Redaction.urls(pool.target()));
    targets.gauges(
        "connections",
        "Connections to targets; those beyond the first "
            + Rows.MOST
            + " targets are summed up as other.",
        "state",
        Map.of(
            "connecting", PoolCounts::connecting,
            "idle", PoolCounts::idle,
            "busy", PoolCounts::busy));
    targets.gauge(
        "streams",
        "Requests that are under way on connections to targets; on version 1 of the wire, one on"
            + " each busy one.",
        PoolCounts::streams);
    targets.gauge(
        "wire",
        "The version of the wire that the latest connection speaks; 0 before there was one.",
        PoolCounts::wire);
    targets.counter("dials_total", "Attempts to connect.", PoolCounts::dials);
    targets.counter(
        "dial_failures_total", "Attempts to connect that failed.", PoolCounts::failedDials);
    targets.counter(
        "reconnects_total",
        "How often there was a connection again after there had been none.",
        PoolCounts::reconnects);
    targets.counter(
        "connections_lost_total",
        "Connections that ended otherwise than by a close in order.",
        PoolCounts::lost);
    ReloadMetrics.add(all, client.files());
    all.failures(client.failures(), Failure.class, Failure::side);
  }
}
