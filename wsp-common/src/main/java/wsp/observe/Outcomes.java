package wsp.observe;

/**
 * Notes the end of each exchange once, for the first that tells it: in its record, in the counters,
 * and at the observers. Safe for all threads.
 *
 * @param <E> the daemon's table of failures
 */
public final class Outcomes<E extends Enum<E>> {
  /** The {@link ExchangeRecord#failure} of an exchange that was cancelled. */
  public static final String CANCELLED = "CANCELLED";

  /** The same in the table of the server, which sees the caller itself leave. */
  private static final String CALLER_LEFT = "CALLER_LEFT";

  /** The status that is logged for a caller that left before it was answered, as nginx does. */
  public static final int LEFT = 499;

  private final Failures<E> failures;
  private final ExchangeObserver observer;

  public Outcomes(Failures<E> failures, ExchangeObserver observer) {
    this.failures = failures;
    this.observer = observer;
  }

  /** Whether that {@link ExchangeRecord#failure} says that the exchange was cancelled. */
  public static boolean isUnwanted(String failure) {
    return failure.equals(CANCELLED) || failure.equals(CALLER_LEFT);
  }

  public void begun(ExchangeRecord exchange) {
    observer.begun(exchange);
  }

  public void completed(ExchangeRecord exchange) {
    if (exchange.end()) observer.ended(exchange);
  }

  /**
   * It has failed; counted if it was not over already.
   *
   * @param detail what is known beyond the failure's name; may hold anything
   * @param told the status that the caller is told; 0 if an answer had begun
   */
  public void failed(ExchangeRecord exchange, E failure, String detail, int told) {
    if (broken(exchange, failure.name(), detail, told)) failures.count(failure);
  }

  /** The caller or the server has left: its answer is not wanted any more. */
  public void cancelled(ExchangeRecord exchange) {
    int told = exchange.status() == 0 ? LEFT : 0;
    var unused = broken(exchange, CANCELLED, "", told);
  }

  private boolean broken(ExchangeRecord exchange, String failure, String detail, int told) {
    if (!exchange.end()) return false;
    exchange.failed(failure, detail, told);
    observer.ended(exchange);
    return true;
  }
}
