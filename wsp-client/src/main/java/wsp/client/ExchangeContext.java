package wsp.client;

import java.util.concurrent.Executor;
import wsp.client.replay.Replayer;
import wsp.rules.AccessRules;

/** What every exchange needs. Safe for all threads. */
final class ExchangeContext {
  private final Replayer replayer;
  private final Executor workers;
  private volatile AccessRules rules;

  /**
   * With what there is at the start.
   *
   * @param workers for what may take long
   */
  ExchangeContext(AccessRules rules, Replayer replayer, Executor workers) {
    this.rules = rules;
    this.replayer = replayer;
    this.workers = workers;
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

  /** For what may take long. */
  Executor workers() {
    return workers;
  }
}
