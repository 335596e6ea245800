package wsp.daemon;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.config.ConfigException;
import wsp.observe.AccessLog;
import wsp.observe.ExchangeObserver;
import wsp.observe.ExchangeRecord;
import wsp.observe.Failures;
import wsp.observe.ObserveSettings;
import wsp.observe.Outcomes;
import wsp.observe.Traffic;

/**
 * Notes the exchanges of a daemon, with its access log if it has one, and counts how they fail.
 * Safe for all threads.
 *
 * @param <F> the table of failures
 */
public final class Ledger<F extends Enum<F>> {
  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

  private final Failures<F> failures;
  private final Traffic traffic = new Traffic();
  private final @Nullable AccessLog accessLog;
  private final Outcomes<F> outcomes;

  /**
   * Opens the access log that is configured.
   *
   * @param daemon as it calls itself in the access log
   * @param peerName what {@link ExchangeRecord#peer} is called there
   * @param others who else sees exchanges
   * @throws ConfigException if the access log cannot be written
   */
  public Ledger(
      Class<F> table,
      String daemon,
      String peerName,
      ObserveSettings settings,
      List<ExchangeObserver> others)
      throws ConfigException {
    ObserveSettings.AccessLog access = settings.accessLog();
    accessLog = access == null ? null : AccessLog.open(access, daemon, peerName);
    failures = new Failures<>(table);
    List<ExchangeObserver> all = new ArrayList<>(others);
    if (accessLog != null) all.add(accessLog);
    all.add(traffic);
    outcomes = new Outcomes<>(failures, ExchangeObserver.all(all));
  }

  public Outcomes<F> outcomes() {
    return outcomes;
  }

  public Failures<F> failures() {
    return failures;
  }

  /** See {@link Traffic#text}; nanoTime. */
  public String rate(long now) {
    return traffic.text(now);
  }

  public void tick(long now) {
    failures.tick(Ledger::tell, now);
  }

  private static void tell(String failures) {
    LOG.info("failures so far: {}", failures);
  }

  public void close() {
    failures.stop(Ledger::tell);
    if (accessLog != null) accessLog.close();
  }
}
