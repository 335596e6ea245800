package wsp.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.limit.Refusals;
import wsp.observe.ExchangeLines;
import wsp.observe.ExchangeObserver;
import wsp.observe.FailureLines;
import wsp.observe.Failures;
import wsp.observe.Outcomes;
import wsp.observe.Traffic;
import wsp.server.failure.FailureLineReasons;
import wsp.server.failure.ProxyError;

/** Notes the exchanges of the server, and tells its log. Safe for all threads. */
final class Ledger {
  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
  private static final Duration BETWEEN_FAILURE_LINES = Duration.ofMinutes(1);

  private final Failures<ProxyError> failures = new Failures<>(ProxyError.class);
  private final FailureLines failureLines =
      new FailureLines(
          failures, BETWEEN_FAILURE_LINES, all -> LOG.info("failures so far: {}", all));
  private final Traffic traffic = new Traffic();
  private final Outcomes<ProxyError> outcomes;

  /**
   * @param others who else sees exchanges
   * @param refusals say how many lines of a kind are enough
   */
  Ledger(List<ExchangeObserver> others, Refusals refusals) {
    List<ExchangeObserver> all = new ArrayList<>(others);
    all.add(traffic);
    all.add(new ExchangeLines("", "client", new FailureLineReasons(refusals)));
    outcomes = new Outcomes<>(failures, ExchangeObserver.all(all));
  }

  /** Where ends are noted. */
  Outcomes<ProxyError> outcomes() {
    return outcomes;
  }

  /** How often a request has failed in which way. */
  Failures<ProxyError> failures() {
    return failures;
  }

  /** See {@link Traffic#text}; nanoTime. */
  String rate(long now) {
    return traffic.text(now);
  }

  /** One pass of maintenance; nanoTime. */
  void tick(long now) {
    failureLines.tick(now);
  }

  /** The last word. */
  void stop() {
    failureLines.stop();
  }
}
