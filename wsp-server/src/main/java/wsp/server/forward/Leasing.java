package wsp.server.forward;

import org.jspecify.annotations.Nullable;
import wsp.server.failure.ProxyError;
import wsp.server.pool.ClientPools;
import wsp.server.pool.Lease;
import wsp.server.pool.LeaseClock;
import wsp.server.pool.Waiter;

/**
 * How an exchange comes by a stream: by a lease, once more if need be, until one deadline. A
 * request with a body leases once that comes, and holds no link of version 1 until then.
 */
final class Leasing implements Waiter {
  private final Exchange exchange;
  private final ProxyRequest asked;
  private final RequestHalf requestHalf;
  private final ClientPools pools;
  private final LeaseClock clock;
  private final boolean needsBytes;

  /** Written before the first lease, by the caller's thread. */
  private long deadline;

  /** Set by the caller's thread; guarded by the exchange where that may be another one. */
  boolean begun;

  Leasing(Exchange exchange, ProxyRequest asked, RequestHalf requestHalf, LeaseClock clock) {
    this.exchange = exchange;
    this.asked = asked;
    this.requestHalf = requestHalf;
    this.pools = clock.pools;
    this.clock = clock;
    this.needsBytes = asked.isRaw();
  }

  /**
   * Leases at once, or when the body comes; or keeps a caller waiting for its 100 until the origin
   * wants the body, which only a link of version 2 can ask.
   */
  void start(@Nullable WholeBody whole) {
    if (!asked.caller().head().hasBody()) lease();
    // Without any client there is no point in asking the caller for a body.
    else if (!pools.hasClient(wanted())) refused(ProxyError.NO_CLIENT);
    else if (whole != null) requestHalf.take(whole, exchange);
    else if (requestHalf.expects && pools.hasLinks(wanted())) lease();
    else requestHalf.read(exchange);
  }

  /**
   * Nothing of the body has come: its caller may want to hear of the origin first. A stream of
   * version 2 takes no place that others need.
   */
  void startWithout() {
    if (!begun && pools.hasLinks(wanted())) lease();
  }

  /** From now on it waits; when it comes again, until the same deadline. */
  void lease() {
    if (!begun) deadline = clock.deadline();
    begun = true;
    clock.lease(this, deadline);
    // The caller may have left before there was a place to give up.
    if (!exchange.joined()) giveUp();
  }

  void giveUp() {
    pools.waiters.giveUp(this);
  }

  /**
   * The client that has what the caller's connection needs, or the one that was asked for; null:
   * any. The first is one of version 2, which alone is told whose request it is: what has come back
   * as one of version 1 has nothing that the others have not.
   */
  @Override
  public @Nullable String wanted() {
    String keeper = requestHalf.keeper();
    return keeper != null && pools.hasRoom(keeper, true) ? keeper : asked.client();
  }

  @Override
  public boolean needsBytes() {
    return needsBytes;
  }

  @Override
  public boolean leased(Lease lease) {
    if (!requestHalf.expects || lease.carriesBytes()) return exchange.leased(lease);
    boolean used = notYet();
    requestHalf.read(exchange);
    return used;
  }

  /** It has not begun yet: the link is not used, and stays what it was. */
  boolean notYet() {
    begun = false;
    return false;
  }

  @Override
  public void refused(ProxyError error) {
    exchange.fail(error, wanted() == null ? "no connection" : "wanted is " + wanted());
  }

  @Override
  public void tooOld(String clientId) {
    exchange.tooOld(clientId);
  }
}
