package wsp.observe;

import java.util.List;

/**
 * Sees exchanges begin and end. Called on I/O threads, many at a time: must not block, must not
 * throw, and must be quick.
 */
public interface ExchangeObserver {
  ExchangeObserver NONE = all(List.of());

  /** A request has come. Its exchange is going to end, once. */
  default void begun(ExchangeRecord exchange) {}

  /** It is over, in one way or another; nothing in the record changes any more. */
  void ended(ExchangeRecord exchange);

  static ExchangeObserver all(List<ExchangeObserver> observers) {
    ExchangeObserver[] each = observers.toArray(ExchangeObserver[]::new);
    return new ExchangeObserver() {
      @Override
      public void begun(ExchangeRecord exchange) {
        for (ExchangeObserver observer : each) observer.begun(exchange);
      }

      @Override
      public void ended(ExchangeRecord exchange) {
        for (ExchangeObserver observer : each) observer.ended(exchange);
      }
    };
  }
}
