package wsp.observe;

import wsp.log.Timestamp;

/** How an exchange that is over looks in a line. Immutable; safe for all threads. */
interface AccessLine {
  /** Appends the line, without its end. */
  void append(StringBuilder line, ExchangeRecord exchange);

  /** The longest of each text; what is longer is cut with an ellipsis. */
  int METHOD = 50;

  int SHORT = 200;
  int LONG = ExchangeRecord.MAX_TEXT;

  /** In one word: complete; error, cut or left. */
  static String outcome(ExchangeRecord exchange) {
    String failure = exchange.failure();
    if (failure.isEmpty()) return "complete";
    if (Outcomes.isUnwanted(failure)) return "left";
    return exchange.headAt() == 0 ? "error" : "cut";
  }

  /** Nanoseconds as milliseconds with three decimals. */
  static void millis(StringBuilder line, long nanos) {
    long micros = Math.max(0, nanos) / 1000;
    Timestamp.decimals(line.append(micros / 1000).append('.'), (int) (micros % 1000));
  }
}
