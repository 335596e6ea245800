package wsp.server;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.admin.AdminPort;
import wsp.admin.LivePage;
import wsp.admin.LiveSource;
import wsp.admin.PoolRow;
import wsp.admin.Probe;
import wsp.metrics.MetricsHandler;
import wsp.observe.ExchangeObserver;
import wsp.observe.ObserveSettings.AdminAddress;
import wsp.server.failure.FailureLineReasons;
import wsp.server.failure.FailureWords;
import wsp.server.pool.ClientPools;

/**
 * The one place where the admin port is put together. Without the key {@code admin} there is no
 * such object, and neither the classes of an HTTP server nor those of metrics are ever loaded.
 */
final class Admin implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Admin.class);

  private final AdminAddress address;
  private final ServerMetrics metrics = new ServerMetrics();
  private final LivePage page = new LivePage(FailureLineReasons::ofStranger);
  private @Nullable AdminPort port;

  Admin(AdminAddress address) {
    this.address = address;
  }

  /** Those that want to see exchanges. */
  List<ExchangeObserver> observers() {
    return List.of(metrics.exchanges(), page);
  }

  /**
   * Binds the port, and says what answers there.
   *
   * @throws IOException naming address and port, if they cannot be had
   */
  void bind(WspServer server) throws IOException {
    AdminPort bound = new AdminPort(address);
    port = bound;
    metrics.watch(server);
    bound.handle("/metrics", new MetricsHandler(metrics.all()));
    bound.handle("/healthz", new Probe(() -> server.maintenance().complaint(System.nanoTime())));
    bound.handle("/readyz", new Probe(() -> unready(server)));
    page.serve(
        bound,
        new LiveSource(
            "wsp-server",
            LiveSource.versionOf(Admin.class),
            () -> unready(server),
            () -> server.pools().clients().stream().map(Admin::row).toList(),
            server::refusedRegistrations,
            FailureWords.ALL));
  }

  private static PoolRow row(ClientPools.OfClient client) {
    return new PoolRow(
        client.clientId(), 0, client.idle(), client.busy(), String.join(", ", client.labels()));
  }

  /** Whether a request would be served at once. */
  private static @Nullable String unready(WspServer server) {
    if (server.going()) return "the server is shutting down";
    ClientPools.Counts counts = server.counts();
    if (counts.idle() > 0) return null;
    return counts.clients() == 0
        ? "no client is connected"
        : "no connection is idle, " + counts.busy() + " are busy";
  }

  /** Begins to answer; it is bound. */
  void start() {
    AdminPort bound = port();
    bound.start();
    LOG.info("The admin port is at http://{}/", bound.shown());
  }

  /** It is bound. */
  AdminPort port() {
    AdminPort bound = port;
    if (bound == null) throw new IllegalStateException("not bound");
    return bound;
  }

  @Override
  public void close() {
    page.close();
    if (port != null) port.close();
  }
}
