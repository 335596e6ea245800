package wsp.client;

import java.util.concurrent.Executor;
import wsp.client.replay.Failure;
import wsp.client.replay.Replayer;
import wsp.observe.Outcomes;
import wsp.rules.AccessRules;

/** What every exchange needs. Safe for all threads. */
final class ExchangeContext {
  private final Replayer replayer;
  private final Executor workers;
  private final Outcomes<Failure> outcomes;
  private volatile AccessRules rules;

  /**
   * With what there is at the start.
   *
   * @param workers for what may take long
   * @param outcomes notes how each ends
   */
  ExchangeContext(
      AccessRules rules, Replayer replayer, Executor workers, Outcomes<Failure> outcomes) {
    this.rules = rules;
    this.replayer = replayer;
    this.workers = workers;
    this.outcomes = outcomes;
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
  Outcomes<Failure> outcomes() {
    return outcomes;
  }

  /** For what may take long. */
  Executor workers() {
    return workers;
  }
}
