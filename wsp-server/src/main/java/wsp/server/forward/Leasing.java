package wsp.server.forward;

import org.jspecify.annotations.Nullable;
import wsp.server.pool.ClientPools;
import wsp.server.pool.LeaseClock;
import wsp.server.pool.Waiter;

/** How an exchange comes by a stream: by a lease, once more if need be, until one deadline. */
final class Leasing {
  private final Waiter waiter;
  private final ClientPools pools;
  private final LeaseClock clock;

  /** Written before the first lease, by the caller's thread. */
  private long deadline;

  private boolean begun;

  /**
   * @param waiter is told of the lease, or of the error
   */
  Leasing(Waiter waiter, ClientPools pools, LeaseClock clock) {
    this.waiter = waiter;
    this.pools = pools;
    this.clock = clock;
  }

  /** Whether it has begun; on the caller's thread. */
  boolean begun() {
    return begun;
  }

  /** Whether there is, or may soon be, a client that may be leased from. */
  boolean isPossible() {
    return pools.hasClient(waiter.wanted());
  }

  /** Whether it may be from a link of version 2, on which the origin can be asked first. */
  boolean mayAskOrigin() {
    return pools.hasLinks(waiter.wanted());
  }

  /** It has not begun yet; before the body is asked for. */
  void putOff() {
    begun = false;
  }

  /**
   * The client to have it, of one that is preferred and one that was asked for; null: any. The
   * first is one of version 2, which alone is told whose request it is: what has come back as one
   * of version 1 has nothing that the others have not.
   */
  @Nullable String choose(@Nullable String preferred, @Nullable String asked) {
    return preferred != null && pools.hasRoom(preferred, true) ? preferred : asked;
  }

  /** From now on it waits. */
  void begin() {
    begun = true;
    deadline = clock.deadline();
    again();
  }

  /** The same once more. */
  void again() {
    clock.lease(waiter, deadline);
  }

  /** It does not wait any more. */
  void giveUp() {
    pools.giveUp(waiter);
  }
}
