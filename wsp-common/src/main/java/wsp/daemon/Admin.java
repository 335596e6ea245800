package wsp.daemon;

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.admin.AdminPort;
import wsp.admin.Answers;
import wsp.admin.Heartbeat;
import wsp.admin.LivePage;
import wsp.admin.LiveSource;
import wsp.metrics.ExchangeMetrics;
import wsp.metrics.Metrics;
import wsp.observe.ExchangeObserver;
import wsp.observe.ExchangeRecord;
import wsp.observe.ObserveSettings.AdminAddress;

/**
 * A daemon's admin port with all that answers there. Without the key {@code admin} there is no such
 * object, and neither the classes of an HTTP server nor those of metrics are ever loaded.
 */
public final class Admin implements AutoCloseable {
  /**
   * The names of the metrics of a daemon.
   *
   * @param prefix of every name, with the underscore at its end
   * @param version of the daemon; empty where it is unknown
   * @param connecting the name of how long it takes from a request to its connection
   * @param connectingHelp what that is
   */
  public record Names(String prefix, String version, String connecting, String connectingHelp) {}

  private static final Logger LOG = LoggerFactory.getLogger(Admin.class);

  private final AdminAddress address;
  private final Metrics metrics;
  private final ExchangeMetrics exchanges;
  private final LivePage page;
  private @Nullable AdminPort port;

  /** One that is not bound; for failures that strangers can cause the page has little room. */
  public Admin(AdminAddress address, Names names, Predicate<ExchangeRecord> ofStranger) {
    this.address = address;
    metrics = new Metrics(names.prefix(), names.version().isEmpty() ? "unknown" : names.version());
    exchanges = new ExchangeMetrics(metrics, names.connecting(), names.connectingHelp());
    page = new LivePage(ofStranger);
  }

  public List<ExchangeObserver> observers() {
    return List.of(exchanges, page.observer());
  }

  /** All that is counted; more may be added before {@link #start}. */
  public Metrics metrics() {
    return metrics;
  }

  /** Binds the port, and says what answers there; the port. An error names address and port. */
  public int bind(LiveSource source, Heartbeat maintenance) throws IOException {
    AdminPort bound = new AdminPort(address);
    port = bound;
    bound.handle("/metrics", metrics);
    bound.handle("/healthz", Answers.probe(() -> maintenance.complaint(System.nanoTime())));
    bound.handle("/readyz", Answers.probe(source.unready()));
    page.serve(bound, source);
    return bound.port();
  }

  public void start() {
    AdminPort bound = port();
    bound.start();
    LOG.info("The admin port is at http://{}/", bound.shown());
  }

  public AdminPort port() {
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
