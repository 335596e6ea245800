package wsp.server.listener;

import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import wsp.limit.PerAddress;

/**
 * The places for callers' connections: so many in all, so many for one address, and a few in
 * reserve for what has to be reached all the same, {@code /status} and {@code /register}. Of these
 * one address has a part, so that it cannot use them up. Safe for all threads.
 */
final class CallerPlaces {
  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicInteger reserved = new AtomicInteger();
  private final PerAddress ordinary = new PerAddress();
  private final PerAddress reserve = new PerAddress();

  /** How many have been given out, those in reserve included. */
  int taken() {
    return taken.get() + reserved.get();
  }

  /** True if not even in reserve there is any. */
  boolean full(Shares shares) {
    return reserved.get() >= shares.reserve();
  }

  /**
   * A place for a connection from this address.
   *
   * @param from null if it does not count as one address: it is a proxy's, or not known
   * @return null if there is none, be it in reserve
   */
  @Nullable Place take(@Nullable InetAddress from, Shares shares) {
    Object key = from == null ? null : PerAddress.key(from);
    Place place = take(key, taken, shares.callers(), ordinary, shares.perAddress(), false);
    return place != null
        ? place
        : take(key, reserved, shares.reserve(), reserve, shares.reservePerAddress(), true);
  }

  private static @Nullable Place take(
      @Nullable Object key, AtomicInteger all, int most, PerAddress each, int mostEach, boolean r) {
    if (all.incrementAndGet() > most || (key != null && !each.enter(key, mostEach))) {
      all.decrementAndGet();
      return null;
    }
    return new Place(
        key,
        r,
        () -> {
          all.decrementAndGet();
          if (key != null) each.leave(key);
        });
  }

  static final class Place {
    private final @Nullable Object address;
    private final boolean inReserve;
    private final Runnable leave;
    private final AtomicBoolean left = new AtomicBoolean();

    private Place(@Nullable Object address, boolean inReserve, Runnable leave) {
      this.address = address;
      this.inReserve = inReserve;
      this.leave = leave;
    }

    /** As {@link PerAddress#key} has it; null if it does not count as one address. */
    @Nullable Object address() {
      return address;
    }

    /** True if it is only for what has to be reached all the same. */
    boolean inReserve() {
      return inReserve;
    }

    boolean isGivenBack() {
      return left.get();
    }

    /** The connection is gone, or is no caller's any more; any number of times. */
    void giveBack() {
      if (left.compareAndSet(false, true)) leave.run();
    }
  }
}
