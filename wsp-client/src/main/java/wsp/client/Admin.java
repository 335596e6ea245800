package wsp.client;

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

/**
 * The one place where the admin port is put together. Without the key {@code admin} there is no
 * such object, and neither the classes of an HTTP server nor those of metrics are ever loaded.
 */
final class Admin implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Admin.class);

  private final AdminAddress address;
  private final ClientMetrics metrics = new ClientMetrics();
  private final LivePage page = new LivePage(failed -> false);
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
   * @return the port
   * @throws IOException naming address and port, if they cannot be had
   */
  int bind(WspClient client) throws IOException {
    AdminPort bound = new AdminPort(address);
    port = bound;
    metrics.watch(client);
    bound.handle("/metrics", new MetricsHandler(metrics.all()));
    bound.handle("/healthz", new Probe(() -> client.maintenance().complaint(System.nanoTime())));
    bound.handle("/readyz", new Probe(() -> unready(client)));
    page.serve(
        bound,
        new LiveSource(
            "wsp-client",
            LiveSource.versionOf(Admin.class),
            () -> unready(client),
            () -> client.counts().stream().map(Admin::row).toList(),
            List::of,
            FailureWords.ALL));
    return bound.port();
  }

  private static PoolRow row(PoolCounts pool) {
    String why = pool.idle() + pool.busy() == 0 ? pool.lastFailure() : "";
    return new PoolRow(pool.target(), pool.connecting(), pool.idle(), pool.busy(), why);
  }

  /** Whether requests can come at all. */
  private static @Nullable String unready(WspClient client) {
    if (client.draining()) return "the client is shutting down";
    for (PoolCounts pool : client.counts()) {
      if (pool.idle() + pool.busy() > 0) return null;
    }
    return "no target is connected";
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
