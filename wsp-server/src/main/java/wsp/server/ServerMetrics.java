package wsp.server;

import java.util.ArrayList;
import java.util.List;
import wsp.metrics.ExchangeMetrics;
import wsp.metrics.Metrics;
import wsp.metrics.ReloadMetrics;
import wsp.metrics.Sample;
import wsp.observe.ExchangeObserver;
import wsp.server.failure.ProxyError;
import wsp.server.pool.ClientPools;

/** The numbers of the server; all names begin with {@code wsp_server_}. */
final class ServerMetrics {
  /** Ids are the clients' choice: no more of them are told one by one. */
  static final int MAX_CLIENTS = 100;

  private final Metrics all = new Metrics("wsp_server_", version());
  private final ExchangeMetrics exchanges =
      new ExchangeMetrics(
          all,
          "connection_wait_seconds",
          "From the head of a request to its connection to a client; of those that got one.");

  private static String version() {
    String version = ServerMetrics.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }

  Metrics all() {
    return all;
  }

  ExchangeObserver exchanges() {
    return exchanges;
  }

  /** From now on this one is asked for what it has; once. */
  void watch(WspServer server) {
    ClientPools pools = server.pools();
    all.gauges(
        "connections",
        "Connections of clients; those beyond the first "
            + MAX_CLIENTS
            + " client ids are summed up as other.",
        List.of("client", "state"),
        () -> Sample.bounded(MAX_CLIENTS, samples(pools.clients())));
    all.gauge("clients", "Client ids that have a connection.", () -> server.counts().clients());
    all.gauge("waiting_requests", "Requests that wait for a connection.", server::waiting);
    all.gauge(
        "caller_connections",
        "Connections of callers, and of clients that have not been let in yet.",
        server::callers);
    all.counter("registrations_total", "Connections that clients have made.", pools::registered);
    all.counter(
        "connections_lost_total",
        "Connections of clients that ended otherwise than by the server's maintenance or end.",
        pools::lost);
    ReloadMetrics.add(all, server.files());
    all.failures(server.failures(), ProxyError.class, ProxyError::side);
  }

  private static List<Sample> samples(List<ClientPools.OfClient> clients) {
    List<Sample> out = new ArrayList<>(2 * clients.size());
    for (ClientPools.OfClient c : clients) {
      out.add(Sample.of(c.idle(), c.clientId(), "idle"));
      out.add(Sample.of(c.busy(), c.clientId(), "busy"));
    }
    return out;
  }
}
