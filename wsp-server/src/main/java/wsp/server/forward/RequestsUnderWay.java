package wsp.server.forward;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import wsp.limit.PerAddress;
import wsp.observe.ExchangeObserver;
import wsp.observe.ExchangeRecord;
import wsp.server.keys.CallerKeys;
import wsp.server.listener.Remote;

/**
 * The requests under way, by whom they are counted for: each address that a trusted proxy names,
 * since the connection is the proxy's, which serves many; and each caller, if that is wanted. There
 * are no more entries than requests. Safe for all threads.
 */
public final class RequestsUnderWay implements ExchangeObserver {
  /** What a caller's requests are counted by: its name, or its address if it has none. */
  private record Holder(Object who) {}

  private final PerAddress requests = new PerAddress();
  private final Map<ExchangeRecord, List<Object>> counted = new ConcurrentHashMap<>();

  /**
   * One that has begun, through a trusted proxy.
   *
   * @param address the key of the address that is named
   * @return false if that address has too many
   */
  boolean enter(ExchangeRecord noted, Object address, int most) {
    if (!requests.enter(address, most)) return false;
    counted.merge(
        noted, List.of(address), (a, b) -> Stream.of(a, b).flatMap(List::stream).toList());
    return true;
  }

  /**
   * One whose caller is known.
   *
   * @param owner of {@link #owner}
   * @param most at a time; 0 for no limit
   * @return false if the caller has too many
   */
  boolean enterOf(ExchangeRecord noted, Object owner, int most) {
    return most == 0 || enter(noted, new Holder(owner), most);
  }

  /**
   * Whose the request of a caller is: its name's, or its address's; null if neither is known.
   *
   * @param named the key of the address that a trusted proxy has named
   */
  static @Nullable Object owner(CallerKeys.Identity who, Remote from, @Nullable Object named) {
    Object key = who.name().isEmpty() ? named : who.name();
    return key == null && from.address() != null ? PerAddress.key(from.address()) : key;
  }

  /** What the caller of a request is told from other callers by. */
  static Object holder(Arrival arrival, CallerKeys.Identity who) {
    Remote from = arrival.caller().remote();
    Object named = arrival.terms().forwarding().named(from, arrival.caller().head().headers());
    Object key = owner(who, from, named);
    return key == null ? "" : key;
  }

  @Override
  public void ended(ExchangeRecord noted) {
    List<Object> keys = counted.remove(noted);
    if (keys != null) keys.forEach(requests::leave);
  }
}
