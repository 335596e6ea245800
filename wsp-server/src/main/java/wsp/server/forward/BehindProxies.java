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
  boolean enter(ExchangeRecord noted, Object key, int most) {
    if (!requests.enter(key, most)) return false;
    counted.put(noted, key);
    return true;
  }

  @Override
  public void begun(ExchangeRecord noted) {
    // It is not known yet where it came from.
  }

  @Override
  public void ended(ExchangeRecord noted) {
    Object key = counted.remove(noted);
    if (key != null) requests.leave(key);
  }
}
