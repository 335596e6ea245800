package wsp.server.forward;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import wsp.limit.PerAddress;
import wsp.observe.ExchangeObserver;
import wsp.observe.ExchangeRecord;

/**
 * The requests that come through trusted proxies, by the address that the proxy names: the
 * connection is the proxy's, which serves many. Each address has so many requests at a time as
 * another one could have connections. Safe for all threads.
 */
public final class BehindProxies implements ExchangeObserver {
  private final PerAddress requests = new PerAddress();
  private final Map<ExchangeRecord, Object> counted = new ConcurrentHashMap<>();

  /**
   * One that has begun.
   *
   * @param key of the address that is named
   * @return false if that address has too many
   */
  boolean enter(ExchangeRecord exchange, Object key, int most) {
    if (!requests.enter(key, most)) return false;
    counted.put(exchange, key);
    return true;
  }

  @Override
  public void begun(ExchangeRecord exchange) {
    // It is not known yet where it came from.
  }

  @Override
  public void ended(ExchangeRecord exchange) {
    Object key = counted.remove(exchange);
    if (key != null) requests.leave(key);
  }
}
