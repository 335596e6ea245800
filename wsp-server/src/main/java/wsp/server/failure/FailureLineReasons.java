package wsp.server.failure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import wsp.limit.Refusals;
import wsp.observe.ExchangeLines;
import wsp.observe.ExchangeRecord;
import wsp.observe.Side;

/**
 * The reasons in the lines of exchanges, for the failures of {@link ProxyError}. Safe for all
 * threads.
 */
public record FailureLineReasons(Refusals refusals) implements ExchangeLines.Reasons {
  private static final Logger LOG = LoggerFactory.getLogger(ExchangeLines.LOGGER);

  /** A fault of strangers is not worth a line each when it comes in floods; all else is. */
  @Override
  public ExchangeLines.Weight weight(ExchangeRecord failed) {
    ProxyError error = ProxyError.valueOf(failed.failure());
    if (error == ProxyError.CALLER_LEFT) return ExchangeLines.Weight.INFO;
    String kind = "[{}] {} {}: " + error.text();
    if (refusals.tells(LOG, Level.WARN, failed.from(), kind)) return ExchangeLines.Weight.WARN;
    return ofStranger(failed) ? ExchangeLines.Weight.NONE : ExchangeLines.Weight.INFO;
  }

  /** Whether callers without a key can cause it, by a mistake of their own or by their number. */
  public static boolean ofStranger(ExchangeRecord failed) {
    ProxyError error = ProxyError.valueOf(failed.failure());
    if (error == ProxyError.TOO_MANY_CALLERS) return true;
    return error.side() == Side.CALLER
        && error.row.phase() == ErrorRow.Phase.REQUEST
        && failed.caller().isEmpty();
  }

  @Override
  public String why(ExchangeRecord failed) {
    String text = text(ProxyError.valueOf(failed.failure()), failed.headAt() != 0);
    return failed.detail().isEmpty() ? text : text + " (" + failed.detail() + ")";
  }

  private static String text(ProxyError error, boolean answering) {
    return error == ProxyError.CONNECTION_LOST && answering
        ? "The proxy connection was lost during the answer"
        : error.text();
  }
}
