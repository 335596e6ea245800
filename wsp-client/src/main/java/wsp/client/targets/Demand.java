package wsp.client.targets;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import wsp.client.tunnel.ClientLink;

/**
 * How many links a pool wants: by {@link PoolSizes}, or by {@link LinkSizes} where the latest link
 * speaks version 2. Guarded by the lock of its pool.
 */
final class Demand {
  /**
   * How far a surge goes, in links that are being opened at a time; the server closes those that
   * were too many after its {@code idletimeout}.
   */
  private static final int MOST_AT_ONCE = 128;

  private final Supplier<Sizes> sizes;
  private final OpenLinks open;

  /** The version that the latest link speaks; 0 before there was one. */
  private int wire;

  /** Beyond what the sizes ask for: requests come faster than links open. */
  private int surge;

  /** Requests that have been under way from one measurement to the next. */
  private int lasting;

  /** The sizes may become others at any time. */
  Demand(Supplier<Sizes> sizes, OpenLinks open) {
    this.sizes = sizes;
    this.open = open;
  }

  void speaks(int version) {
    wire = version;
  }

  int wire() {
    return wire;
  }

  /** How many links to open beside those that are being opened. */
  int missing(int connecting) {
    return wire < 2
        ? sizes.get().alone().toOpen(connecting, open.idle(), open.busy(), surge)
        : sizes.get().shared().toOpen(connecting, open, lasting);
  }

  /** True if a link of version 2 carries more than the target may have here. */
  boolean exceeded(ClientLink link) {
    return link.wire() == 2 && open.exchanges() > sizes.get().shared().exchanges();
  }

  /** A request has come. A pool that has just begun to fill is not one that has run dry. */
  void used() {
    if (open.idle() == 0 && open.busy() >= sizes.get().alone().minIdle())
      surge = Math.min(MOST_AT_ONCE, Math.max(1, 2 * surge));
  }

  /** One pass of maintenance; the link that is one too many, or too large, if there is one. */
  @Nullable ClientLink tick() {
    measure();
    Sizes now = sizes.get();
    if (wire < 2) return open.beyond(now.alone().max());
    ClientLink quiet = open.surplus(now.shared().links());
    return quiet == null ? open.larger(now.shared().streams()) : quiet;
  }

  /** Notes how many requests were under way all the time since this was called before. */
  void measure() {
    lasting = open.lasting();
  }

  /** What is idle now was enough. */
  void calm() {
    if (open.idle() > 0) surge = 0;
  }
}
