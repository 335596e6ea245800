package wsp.client;

import java.util.concurrent.Executor;
import wsp.client.replay.Failure;
import wsp.client.replay.Replayer;
import wsp.rules.AccessRules;
import wsp.runtime.Failures;

/** What every exchange needs. Safe for all threads. */
final class ExchangeContext {
  private final Replayer replayer;
  private final Executor workers;
  private final Failures<Failure> failures;
  private volatile AccessRules rules;

  /**
   * With what there is at the start.
   *
   * @param workers for what may take long
   * @param failures counts what fails
   */
  ExchangeContext(
      AccessRules rules, Replayer replayer, Executor workers, Failures<Failure> failures) {
    this.rules = rules;
    this.replayer = replayer;
    this.workers = workers;
    this.failures = failures;
  }

  /** Which destinations may be requested now. */
  AccessRules rules() {
    return rules;
  }

  /** From now on, requests are judged by these. */
  void rules(AccessRules next) {
    rules = next;
  }

  /** Performs the requests. */
  Replayer replayer() {
    return replayer;
  }

  /** Counts what fails. */
  Failures<Failure> failures() {
    return failures;
  }

  /** For what may take long. */
  Executor workers() {
    return workers;
  }
}
