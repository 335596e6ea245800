package wsp.client.serve;

import wsp.client.origin.Failure;
import wsp.observe.ExchangeLines;
import wsp.observe.ExchangeRecord;
import wsp.observe.Outcomes;

/**
 * The reasons in the lines of exchanges, for the failures of {@link Failure}. Safe for all threads.
 */
public final class FailureLineReasons implements ExchangeLines.Reasons {
  /** An origin that fails, or a rule that denies, is the caller's business, and told to it. */
  @Override
  public ExchangeLines.Weight weight(ExchangeRecord failed) {
    if (Outcomes.isUnwanted(failed.failure())) return ExchangeLines.Weight.INFO;
    return switch (Failure.valueOf(failed.failure()).side()) {
      case CALLER, ORIGIN -> ExchangeLines.Weight.INFO;
      case CLIENT, SERVER -> ExchangeLines.Weight.WARN;
    };
  }

  @Override
  public String why(ExchangeRecord failed) {
    if (Outcomes.isUnwanted(failed.failure())) return "the server does not want it any more";
    return failed.detail().isEmpty() ? failed.failure() : failed.detail();
  }
}
