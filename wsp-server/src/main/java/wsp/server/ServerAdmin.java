package wsp.server;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import wsp.admin.LiveSource;
import wsp.admin.LiveSource.PoolRow;
import wsp.daemon.Admin;
import wsp.metrics.Metrics;
import wsp.metrics.ReloadMetrics;
import wsp.metrics.Rows;
import wsp.observe.ObserveSettings.AdminAddress;
import wsp.server.failure.FailureLineReasons;
import wsp.server.failure.FailureWords;
import wsp.server.failure.ProxyError;
import wsp.server.pool.ClientCounts;
import wsp.server.pool.ClientPools;
import wsp.server.pool.PoolCounts;

/**
 * The handlers of the admin port of the server; the names of its metrics begin with wsp_server_.
 */
final class ServerAdmin {
  private ServerAdmin() {}

  static Admin of(AdminAddress address) {
    return new Admin(
        address,
        new Admin.Names(
            "wsp_server_",
            LiveSource.versionOf(ServerAdmin.class),
            "connection_wait_seconds",
            "From the head of a request to its connection to a client; of those that got one."),
        FailureLineReasons::ofStranger);
  }

  /**
   * Binds the port for a server.
   *
   * @throws IOException naming address and port, if they cannot be had
   */
  static void bind(Admin admin, WspServer server) throws IOException {
    count(admin.metrics(), server);
    var unused =
        admin.bind(
            new LiveSource(
                "wsp-server",
                LiveSource.versionOf(ServerAdmin.class),
                () -> unready(server),
                () -> server.pools.clients().stream().map(ServerAdmin::row).toList(),
                server.refused::rows,
                FailureWords.ALL),
            server.maintenance);
  }

  private static PoolRow row(ClientCounts client) {
    return new PoolRow(client.clientId(), 0, client.idle(), client.busy(), note(client));
  }

  private static String note(ClientCounts client) {
    String labels = String.join(", ", client.labels());
    if (client.links() == 0) return labels;
    boolean mixed = client.links() < client.idle() + client.busy();
    String wire =
        (mixed ? "wire 1 and 2 (" + client.links() + ")" : "wire 2")
            + ", streams: "
            + client.exchanges();
    return labels.isEmpty() ? wire : labels + "; " + wire;
  }

  /** Whether a request would be served at once. */
  private static @Nullable String unready(WspServer server) {
    if (server.requestHandler.going()) return "the server is shutting down";
    PoolCounts counts = server.pools.counts();
    if (server.pools.hasRoom(null, false)) return null;
    return counts.clients() == 0
        ? "no client is connected"
        : "no client has room for a request (under way: " + counts.exchanges() + ")";
  }

  private static void count(Metrics all, WspServer server) {
    ClientPools pools = server.pools;
    Rows<ClientCounts> clients = new Rows<>(all, "client", pools::clients, ClientCounts::clientId);
    clients.gauges(
        "connections",
        "Connections of clients; those beyond the first "
            + Rows.MOST
            + " client ids are summed up as other.",
        "state",
        Map.of("idle", ClientCounts::idle, "busy", ClientCounts::busy));
    clients.gauges(
        "links",
        "Connections of clients by the version of the wire that they speak.",
        "wire",
        Map.of("1", c -> c.idle() + c.busy() - c.links(), "2", ClientCounts::links));
    clients.gauge(
        "streams",
        "Requests that are under way on connections of clients; on version 1 of the wire, one on"
            + " each busy one.",
        ClientCounts::exchanges);
    all.gauge(
        "clients", "Client ids that have a connection.", () -> server.pools.counts().clients());
    all.gauge("waiting_requests", "Requests that wait for a connection.", server.pools::waiting);
    all.gauge(
        "caller_connections",
        "Connections of callers, and of clients that have not been let in yet.",
        server.listener::callers);
    all.counter("registrations_total", "Connections that clients have made.", pools::registered);
    all.counter(
        "connections_lost_total",
        "Connections of clients that ended otherwise than by the server's maintenance or end.",
        pools::lost);
    ReloadMetrics.add(all, server.files);
    all.failures(server.ledger.failures(), ProxyError.class, ProxyError::side);
  }
}
